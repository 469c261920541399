using StepZero.Initialization;

namespace StepZero.Tests.Initialization;

public sealed class InitializerTextErrorTests
{
    [Theory]
    [InlineData("hee", "Unknown initializer 'hee'; did you mean 'he' or 'eye'? 'stepzero initializers' lists all.")]
    [InlineData("orthogonl", "Unknown initializer 'orthogonl'; did you mean 'orthogonal'? 'stepzero initializers' lists all.")]
    [InlineData("qqqqqqqq", "Unknown initializer 'qqqqqqqq'. 'stepzero initializers' lists all.")]
    [InlineData("he+hee", "Unknown initializer 'hee'; did you mean 'he' or 'eye'? 'stepzero initializers' lists all.")]
    [InlineData("he_normal@torch", "Unknown library 'torch'; did you mean 'pytorch'? Known: pytorch, keras, jax, flux, sklearn, flax.")]
    [InlineData("he@stepzero", "Unknown library 'stepzero'. Known: pytorch, keras, jax, flux, sklearn, flax.")]
    [InlineData("he@", "Unknown library ''. Known: pytorch, keras, jax, flux, sklearn, flax.")]
    [InlineData("he_normal:slope=1:mode=fan_in:slop=2", "Initializer 'he_normal:slope=1:mode=fan_in:slop=2': Unknown parameter 'slop'; did you mean 'slope'? Known: slope, mode, gain.")]
    public void Unknown_names_are_refused_with_the_nearest(string text, string message) => AssertRefused(text, message);

    [Theory]
    [InlineData("he@pytorch", "Initializer 'he@pytorch': 'he' has no form of its own in pytorch; known: he; pytorch has 'he_normal@pytorch' and 'he_uniform@pytorch'.")]
    [InlineData("lecun_uniform@flux", "Initializer 'lecun_uniform@flux': 'lecun_uniform' has no form of its own in flux; known: lecun_uniform, lecun_uniform@keras, lecun_uniform@jax.")]
    [InlineData("default", "Initializer 'default': 'default' means something else in each library; write which, as in 'default@pytorch'.")]
    [InlineData("bias", "Initializer 'bias': 'bias' means something else in each library; write which, as in 'bias@pytorch'.")]
    [InlineData("he_normal@pytorch:slope=0.2", "Initializer 'he_normal@pytorch:slope=0.2': the library comes last; write 'he_normal:slope=0.2@pytorch'.")]
    [InlineData("he_normal@keras@jax", "Initializer 'he_normal@keras@jax': expected one '@' and a library after it.")]
    public void A_library_without_that_form_is_refused(string text, string message) => AssertRefused(text, message);

    [Theory]
    [InlineData("random:x", "Initializer 'random:x': expected a finite number as scalar, found 'x'.")]
    [InlineData("random:inf", "Initializer 'random:inf': expected a finite number as scalar, found 'inf'.")]
    [InlineData("random:1:gauss", "Initializer 'random:1:gauss': expected normal or uniform as distribution, found 'gauss'.")]
    [InlineData("random:1:normal:2", "Initializer 'random:1:normal:2': expected parameters as in '10:normal', found '2'.")]
    [InlineData("constant:nan", "Initializer 'constant:nan': expected a finite number as value, found 'nan'.")]
    [InlineData("he:2", "Initializer 'he:2': expected no parameters but gain=NUMBER, found '2'.")]
    [InlineData("he:", "Initializer 'he:': expected no parameters but gain=NUMBER, found ''.")]
    [InlineData("he_normal:2", "Initializer 'he_normal:2': expected parameters as in 'slope=0:mode=fan_in', found '2'.")]
    [InlineData("he_normal:slope=1:slope=2", "Initializer 'he_normal:slope=1:slope=2': slope stands there twice; expected each parameter once.")]
    [InlineData("he:gain=1:gain=1", "Initializer 'he:gain=1:gain=1': gain stands there twice; expected each parameter once.")]
    [InlineData("he_normal:slope=", "Initializer 'he_normal:slope=': expected a finite number as slope, found ''.")]
    [InlineData("he_normal:slope=1=2", "Initializer 'he_normal:slope=1=2': expected a finite number as slope, found '1=2'.")]
    [InlineData("he_normal:slope=inf", "Initializer 'he_normal:slope=inf': expected a finite number as slope, found 'inf'.")]
    [InlineData("he_normal:mode=fan", "Initializer 'he_normal:mode=fan': expected fan_in or fan_out or fan_avg or fan_geo_avg as mode, found 'fan'.")]
    [InlineData("he_normal:mode=fan_avg@pytorch", "Initializer 'he_normal:mode=fan_avg@pytorch': expected fan_in or fan_out as mode, found 'fan_avg'.")]
    [InlineData("variance_scaling:mode=fan_geo_avg@keras", "Initializer 'variance_scaling:mode=fan_geo_avg@keras': expected fan_in or fan_out or fan_avg as mode, found 'fan_geo_avg'.")]
    [InlineData("variance_scaling:distribution=untruncated_normal@jax", "Initializer 'variance_scaling:distribution=untruncated_normal@jax': expected truncated_normal or normal or uniform as distribution, found 'untruncated_normal'.")]
    [InlineData("variance_scaling:scale=0", "Initializer 'variance_scaling:scale=0': expected a finite number above 0 as scale, found '0'.")]
    [InlineData("variance_scaling:scale=-1@keras", "Initializer 'variance_scaling:scale=-1@keras': expected a finite number above 0 as scale, found '-1'.")]
    [InlineData("variance_scaling:scale=nan@jax", "Initializer 'variance_scaling:scale=nan@jax': expected a finite number above 0 as scale, found 'nan'.")]
    [InlineData("normal:std=-1", "Initializer 'normal:std=-1': expected a finite number of at least 0 as std, found '-1'.")]
    [InlineData("normal:std=nan", "Initializer 'normal:std=nan': expected a finite number of at least 0 as std, found 'nan'.")]
    [InlineData("normal:mean=inf", "Initializer 'normal:mean=inf': expected a finite number as mean, found 'inf'.")]
    [InlineData("uniform:low=1:high=0", "Initializer 'uniform:low=1:high=0': expected low at most high, found 1 and 0.")]
    [InlineData("truncated_normal:low=3", "Initializer 'truncated_normal:low=3': expected low at most high, found 3 and 2.")]
    [InlineData("truncated_normal:std=-0.1", "Initializer 'truncated_normal:std=-0.1': expected a finite number of at least 0 as std, found '-0.1'.")]
    [InlineData("sparse:1.5", "Initializer 'sparse:1.5': expected a number from 0 to 1 as sparsity, found '1.5'.")]
    [InlineData("sparse:-0.1", "Initializer 'sparse:-0.1': expected a number from 0 to 1 as sparsity, found '-0.1'.")]
    [InlineData("siren:omega=0", "Initializer 'siren:omega=0': expected a finite number above 0 as omega, found '0'.")]
    [InlineData("bias:fan_in=1.5@pytorch", "Initializer 'bias:fan_in=1.5@pytorch': expected a whole number from 0 to 2147483647 as fan_in, found '1.5'.")]
    [InlineData("dirac:groups=-1@pytorch", "Initializer 'dirac:groups=-1@pytorch': expected a whole number from 0 to 2147483647 as groups, found '-1'.")]
    [InlineData("default:activation=gelu@sklearn", "Initializer 'default:activation=gelu@sklearn': expected relu or tanh or identity or logistic as activation, found 'gelu'.")]
    public void A_wrong_parameter_is_refused(string text, string message) => AssertRefused(text, message);

    [Theory]
    [InlineData("he:gain=-1", "Initializer 'he:gain=-1': expected a finite number of at least 0 as gain, found '-1'.")]
    [InlineData("he:gain=nan", "Initializer 'he:gain=nan': expected a finite number of at least 0 as gain, found 'nan'.")]
    [InlineData("he:gain=Infinity", "Initializer 'he:gain=Infinity': expected a finite number of at least 0 as gain, found 'Infinity'.")]
    [InlineData("he:gain=geluu", "Initializer 'he:gain=geluu': expected a number or an activation as gain, found 'geluu': Unknown activation 'geluu'; did you mean 'gelu'? Known: tanh, relu, leaky_relu, sigmoid, elu, selu, gelu, gelu_tanh, silu, softplus, softsign, mish, hardtanh, erf, sin, identity.")]
    public void A_wrong_gain_is_refused(string text, string message) => AssertRefused(text, message);

    [Fact]
    public void A_gain_that_PyTorchs_table_lacks_is_refused() => Assert.StartsWith(
        "Initializer 'he_normal:gain=gelu@pytorch': expected a number or an activation as gain, found 'gelu': Unknown nonlinearity of PyTorch's gain table 'gelu'",
        Assert.Throws<StepZeroException>(() => Initializer.Parse("he_normal:gain=gelu@pytorch")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("", "Initializer '': a name is missing; expected an initializer, or several joined by '+'.")]
    [InlineData("+", "Initializer '+': a name is missing")]
    [InlineData("he+", "Initializer 'he+': a name is missing")]
    [InlineData("+he", "Initializer '+he': a name is missing")]
    [InlineData(":", "Unknown initializer ''")]
    [InlineData("@keras", "Unknown initializer ''")]
    public void A_text_without_a_name_is_refused(string text, string message) => Assert.StartsWith(
        message, Assert.Throws<StepZeroException>(() => Initializer.Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Numbers_that_are_not_finite_make_no_random_start()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Initializer.RandomNormal(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => Initializer.RandomUniform(double.PositiveInfinity));
        Assert.Equal("random:0.25:uniform", Initializer.RandomUniform(0.25).Name);
        Assert.Equal("random:1E+20:normal", Initializer.RandomNormal(1e20).Name);
    }

    private static void AssertRefused(string text, string message) => Assert.Equal(message, Assert.Throws<StepZeroException>(() => Initializer.Parse(text)).Message);
}

using StepZero.Initialization;
using StepZero.Networks;
using StepZero.RandomNumbers;

namespace StepZero.Tests.Initialization;

public sealed class InitializerTextTests
{
    private const string Layers = "random:1E-05:uniform+constant:1E+300+he_normal:slope=0.2@pytorch";

    [Fact]
    public void The_canonical_text_reads_back_for_every_setting_of_every_variant()
    {
        foreach ((string key, ExpectedLaw row) in ExpectedLaws.Table)
        {
            foreach (string setting in row.Settings)
            {
                var first = Initializer.Parse(ExpectedLaws.Text(key, setting));
                var again = Initializer.Parse(first.Name);
                Assert.Equal(first.Name, again.Name);
                Assert.Equal(first.Name, first.ToString());
                Assert.Equal(first.Formula, again.Formula);
                ShapeCase? shape = first.NeedsData ? null : ShapeCase.All.FirstOrDefault(shape => row.Sums is null || row.Sums(shape, new ExpectedLaw.Given(setting, shape)) is not null);
                if (shape is not null)
                {
                    Assert.Equal(first.Expected(shape.Shape), again.Expected(shape.Shape));
                }
            }
        }
    }

    [Theory]
    [InlineData("random", "random:10:normal")]
    [InlineData("random:0.5", "random:0.5:normal")]
    [InlineData("random:2:uniform", "random:2:uniform")]
    [InlineData("random:distribution=uniform:scalar=3", "random:3:uniform")]
    [InlineData("random:1e1:normal:gain=1.0", "random:10:normal")]
    [InlineData("he", "he")]
    [InlineData("constant:-1e+5", "constant:-100000")]
    [InlineData("constant:1e+300", "constant:1E+300")]
    [InlineData("he_normal:slope=0:mode=fan_in:gain=1@pytorch", "he_normal@pytorch")]
    [InlineData("he_normal:mode=fan_out:slope=.20@pytorch", "he_normal:slope=0.2:mode=fan_out@pytorch")]
    [InlineData("variance_scaling:scale=2.50:distribution=uniform@keras", "variance_scaling:scale=2.5:distribution=uniform@keras")]
    [InlineData("glorot_uniform:gain=tanh@pytorch", "glorot_uniform:gain=tanh@pytorch")]
    [InlineData("sparse@flux", "sparse:0.1@flux")]
    [InlineData("default@flax", "default@jax")]
    [InlineData("siren_first+siren", "siren_first+siren")]
    [InlineData("random:1e+2+he", "random:100:normal+he")]
    [InlineData("constant:-1e+5+constant:2E+200+zeros", "constant:-100000+constant:2E+200+zeros")]
    [InlineData(Layers, Layers)]
    public void The_text_is_canonical(string text, string canonical)
    {
        Assert.Equal(canonical, Initializer.Parse(text).Name);
        Assert.Equal(canonical, Initializer.Parse(canonical).Name);
    }

    [Theory]
    [InlineData("random_uniform", "uniform")]
    [InlineData("random_normal", "normal")]
    [InlineData("gaussian", "normal")]
    [InlineData("trunc_normal", "truncated_normal")]
    [InlineData("kaiming", "he_normal")]
    [InlineData("kaiming_normal", "he_normal")]
    [InlineData("kaiming_uniform", "he_uniform")]
    [InlineData("glorot", "glorot_normal")]
    [InlineData("xavier_normal", "glorot_normal")]
    [InlineData("xavier_uniform", "glorot_uniform")]
    [InlineData("lecun", "lecun_normal")]
    [InlineData("eye", "identity")]
    [InlineData("zero_init", "hadamard")]
    public void An_alias_is_another_name_of_the_same(string alias, string name) => Assert.Equal(name, Initializer.Parse(alias).Name);

    [Fact]
    public void The_tutorials_Xavier_is_not_Glorots() => Assert.Equal(("xavier", "he"), (Initializer.Parse("xavier").Name, Initializer.Parse("he").Name));

    [Fact]
    public void Every_name_and_alias_finds_its_entry()
    {
        Assert.Equal(Catalogue.Entries.Sum(entry => 1 + entry.Aliases.Count), Catalogue.Names.Count);
        foreach (CatalogueEntry entry in Catalogue.Entries)
        {
            Assert.All(entry.Aliases.Prepend(entry.Name), name => Assert.Same(entry, Catalogue.Find(name)));
            Assert.Equal(entry.Variants.Count, entry.Variants.Select(variant => variant.Library).Distinct().Count());
        }
    }

    [Fact]
    public void Every_entry_is_documented()
    {
        foreach (CatalogueEntry entry in Catalogue.Entries)
        {
            Assert.EndsWith(".", entry.Summary, StringComparison.Ordinal);
            Assert.NotEmpty(entry.Source);
            Assert.Contains(entry.Equivalents, line => line.Library == "StepZero");
            Assert.All(entry.Variants, variant => Assert.False(string.IsNullOrWhiteSpace(variant.Formula) || string.IsNullOrWhiteSpace(variant.Distribution) || variant.Note is ""));
            foreach ((string library, string line) in entry.Equivalents)
            {
                if (library == "StepZero" && line.Split('"') is [_, string text, _])
                {
                    Assert.Equal(entry.Name, Initializer.Parse(text).Name.Split(':', '@')[0]);
                }
            }
        }
    }

    [Fact]
    public void A_composite_gives_each_layer_its_own_and_the_rest_the_last()
    {
        var composite = Initializer.PerLayer(Initializer.Parse("ones"), Initializer.Parse("constant:2+constant:3"));
        Assert.Equal("ones+constant:2+constant:3", composite.Name);
        Assert.Equal("1; value; value", composite.Formula);
        Parameters drawn = composite.Draw(new Architecture(2, [3, 2, 4], Activation.Tanh), 1);
        Assert.Equal([1, 2, 3, 3], drawn.Weights.Select(weights => weights.Distinct().Single()));
        Assert.Same(Initializer.He, Initializer.PerLayer(Initializer.He));
        Assert.StartsWith("Expected at least one initializer.", Assert.Throws<ArgumentException>(() => Initializer.PerLayer()).Message, StringComparison.Ordinal);
        Assert.True(Initializer.Parse("he+lsuv").NeedsData);
        Assert.False(composite.NeedsData);
    }

    [Fact]
    public void The_gain_multiplies_every_weight_by_what_was_asked_for()
    {
        Assert.Equal(2.5 * Math.Sqrt(2.0 / 3), Initializer.Parse("he:gain=2.5").Expected(TensorShape.Dense(2, 3)).Deviation, 1e-15);
        Assert.Equal(0.75, Initializer.Parse("normal:gain=selu@pytorch").Expected(TensorShape.Dense(2, 3)).Deviation, 1e-15);
        Assert.Equal(Math.Sqrt(2 / 1.01), Initializer.Parse("normal:std=1:gain=leaky_relu").Expected(TensorShape.Dense(2, 3)).Deviation, 1e-12);
        Assert.Equal(Math.Sqrt(2 / 1.0001), Initializer.Parse("normal:gain=leaky_relu@pytorch").Expected(TensorShape.Dense(2, 3)).Deviation, 1e-12);
        double[] weights = [1, 1, 1];
        Initializer.Parse("uniform:gain=0").Fill(weights.AsSpan(), TensorShape.Dense(1, 3), new NumPyRandom(1));
        Assert.Equal([0, 0, 0], weights);
    }
}

using StepZero.Data;
using StepZero.Diagnostics;
using StepZero.Initialization;
using StepZero.Networks;
using StepZero.Training;

namespace StepZero.Tests.Diagnostics;

public sealed class AdviceTests
{
    private static readonly RunSpec Spec = new(new Architecture(4, [3, 2], Activation.Sigmoid), Initializer.Zeros, new TrainingOptions { BatchSize = 5 }, 9);

    private static readonly Advice All = new("all")
    {
        Initializer = Initializer.He,
        Activation = Activation.LeakyRelu(0.2),
        Scaling = Scaling.Standardize,
        LearningRate = 1e-5,
        Rounds = 5000,
    };

    [Fact]
    public void Options_read_back_give_what_is_applied()
    {
        var options = All.Options(Spec).ToDictionary();
        Assert.Equal(["init", "activation", "scaling", "learning-rate", "iterations"], options.Keys);
        var read = new RunSpec(
            new Architecture(4, [3, 2], Activation.Parse(options["activation"])), Initializer.Parse(options["init"]),
            Spec.Training with
            {
                Scaling = Scaling.Parse(options["scaling"]),
                Iterations = int.Parse(options["iterations"]),
                LearningRate = double.Parse(options["learning-rate"], System.Globalization.CultureInfo.InvariantCulture),
            }, 9);
        RunSpec applied = All.Apply(Spec);
        Assert.Equal(read.Architecture.LayerSizes, applied.Architecture.LayerSizes);
        Assert.Equal(read.Architecture.HiddenActivation, applied.Architecture.HiddenActivation);
        Assert.Equal((read.Initializer.Name, read.Training, read.Seed), (applied.Initializer.Name, applied.Training, applied.Seed));
    }

    [Fact]
    public void Epochs_are_changed_where_epochs_were_given()
    {
        RunSpec epochs = Spec with { Training = Spec.Training with { Epochs = 10 } };
        Assert.Equal(5000, All.Apply(epochs).Training.Epochs);
        Assert.Contains(("epochs", "5000"), All.Options(epochs));
    }

    [Fact]
    public void What_it_leaves_stays()
    {
        var rate = new Advice("slower") { LearningRate = 0.5 };
        Assert.Equal([("learning-rate", "0.5")], rate.Options(Spec));
        Assert.Equal(Spec with { Training = Spec.Training with { LearningRate = 0.5 } }, rate.Apply(Spec));
    }

    [Fact]
    public void Of_two_the_first_decides()
    {
        Advice both = new Advice("slower") { LearningRate = 0.5 }.With(All);
        Assert.Equal((0.5, 5000, Initializer.He), (both.LearningRate, both.Rounds, both.Initializer));
        Assert.Equal("slower; all", both.Why);
    }

    [Fact]
    public void A_reason_of_which_nothing_is_left_is_left_out()
    {
        var slower = new Advice("slower") { LearningRate = 0.5 };
        Assert.Equal("all", All.With(slower).Why);
        Assert.Equal("slower", slower.With(new Advice("faster") { LearningRate = 5 }).Why);
    }
}

using SkiaSharp;
using StepZero.Networks;
using StepZero.Reports;

namespace StepZero.Tests.Reports;

public sealed class EvaluationPicturesTests
{
    /// <summary>The color of the first curve and of a cell that holds all samples of its row.</summary>
    private static readonly SKColor Full = SKColor.Parse("#0069A6");

    [Theory]
    [InlineData(2, "confusion.png roc.png")]
    [InlineData(3, "confusion.png roc.png")]
    [InlineData(10, "confusion.png roc.png")]
    [InlineData(40, "confusion.png roc.png")]
    [InlineData(101, "roc.png")]
    public void Classes_have_a_confusion_matrix_and_curves(int classes, string names)
    {
        PictureFile[] pictures = [.. EvaluationPictures.Draw(Shifted(classes, 1), "a name of samples that is far too long for the title of a picture.csv")];
        Assert.Equal(names, string.Join(' ', pictures.Select(picture => picture.Name)));
        foreach (PictureFile picture in pictures)
        {
            using var read = SKBitmap.Decode(picture.Content);
            Assert.InRange(read.Width, 600, 2000);
            Assert.InRange(read.Height, 500, 2000);
        }
    }

    /// <summary>Blue cells lie where classes are found: on the diagonal that falls from the left, one to the right of it where each is taken for the next.</summary>
    [Fact]
    public void A_row_is_a_true_class_and_a_column_a_predicted_one()
    {
        (double[] right, int area) = Columns(Shifted(3, 0));
        Assert.True(right[0] < right[1] && right[1] < right[2], string.Join(' ', right));
        (double[] shifted, _) = Columns(Shifted(3, 1));
        Assert.All(shifted.Zip((double[])[right[1], right[2], right[0]]), pair => Assert.Equal(pair.Second, pair.First, 5.0));

        // Three cells of 130 × 130 points, half as large again in pixels, less the numbers in them.
        Assert.InRange(area, 3 * 195 * 195 * 0.95, 3 * 195 * 195);
    }

    [Fact]
    public void What_has_no_curve_or_no_numbers_is_drawn_without()
    {
        Evaluation oneClass = Evaluation.OfAnswers(new Predictions(Loss.BinaryCrossEntropy, ["a", "b\n\t\"c\" <d>"], [1, 2, -3]), [1, 1, 1], 1);
        Assert.Equal(["confusion.png"], EvaluationPictures.Draw(oneClass, "x").Select(picture => picture.Name));
        Evaluation nan = Evaluation.OfNumbers(new Predictions(Loss.Mse, [], [double.NaN, double.PositiveInfinity]), [1, 2], double.NaN);
        Assert.Equal(["predicted-against-true.png"], EvaluationPictures.Draw(nan, "x").Select(picture => picture.Name));
        Evaluation far = Evaluation.OfNumbers(new Predictions(Loss.Mse, [], [1e300, -1e300]), [1, 2], 1);
        Assert.Single(EvaluationPictures.Draw(far, "x"));
        Evaluation one = Evaluation.OfNumbers(new Predictions(Loss.Mse, [], [5e9]), [5e9], 0);
        Assert.Single(EvaluationPictures.Draw(one, "x"));
    }

    /// <summary>Points lie on the line of equality where predictions are right, and nowhere near it where they are turned round.</summary>
    [Fact]
    public void Predicted_and_true_numbers_share_an_axis()
    {
        double[] numbers = [.. Enumerable.Range(0, 100).Select(i => (double)i)];
        double straight = Slope(numbers), turned = Slope([.. numbers.Reverse()]), flat = Slope([.. numbers.Select(number => number / 2)]);
        Assert.Equal((-1, 1, -0.5), (Math.Round(straight, 2), Math.Round(turned, 2), Math.Round(flat, 2)));

        double Slope(double[] predicted)
        {
            using SKBitmap read = Decode(EvaluationPictures.Draw(Evaluation.OfNumbers(new Predictions(Loss.Mse, [], predicted), numbers, 1), "x").Single());
            (int X, int Y)[] blue = [.. Pixels(read).Where(pixel => pixel.Color.Blue > pixel.Color.Red + 60).Select(pixel => (pixel.X, pixel.Y))];
            double x = blue.Average(pixel => pixel.X), y = blue.Average(pixel => pixel.Y);
            return blue.Sum(pixel => (pixel.X - x) * (pixel.Y - y)) / blue.Sum(pixel => (pixel.X - x) * (pixel.X - x));
        }
    }

    [Fact]
    public void The_same_evaluation_gives_the_same_bytes()
    {
        byte[][] one = [.. EvaluationPictures.Draw(Shifted(10, 1), "x").Select(picture => picture.Content)];
        byte[][] two = [.. EvaluationPictures.Draw(Shifted(10, 1), "x").Select(picture => picture.Content)];
        Assert.Equal(one, two);
    }

    /// <summary>Each class has five samples, all taken for the class that is some places after it.</summary>
    private static Evaluation Shifted(int classes, int places)
    {
        string[] answers = [.. Enumerable.Range(1, classes).Select(i => $"species number {i}")];
        int[] right = [.. Enumerable.Range(0, 5 * classes).Select(sample => sample % classes)];
        double[] outputs = classes == 2
            ? [.. right.Select((answer, sample) => ((answer + places) % 2 == 1 ? 1.0 : -1) + (0.01 * sample))]
            : [.. right.SelectMany(answer => Enumerable.Range(0, classes).Select(other => other == (answer + places) % classes ? 3.0 : 0))];
        return Evaluation.OfAnswers(new Predictions(classes == 2 ? Loss.BinaryCrossEntropy : Loss.CrossEntropy, answers, outputs), right, 1);
    }

    /// <summary>For each third of the height of the full cells the mean column of their pixels, and the number of all.</summary>
    private static (double[] Columns, int Area) Columns(Evaluation evaluation)
    {
        using SKBitmap read = Decode(EvaluationPictures.Draw(evaluation, "x").First());
        (int X, int Y)[] full = [.. Pixels(read).Where(pixel => pixel.Color == Full).Select(pixel => (pixel.X, pixel.Y))];
        int top = full.Min(pixel => pixel.Y), height = full.Max(pixel => pixel.Y) - top + 1;
        return ([.. Enumerable.Range(0, 3).Select(third => full.Where(pixel => (pixel.Y - top) * 3 / height == third).Average(pixel => pixel.X))], full.Length);
    }

    private static SKBitmap Decode(PictureFile picture) => SKBitmap.Decode(picture.Content);

    private static IEnumerable<(int X, int Y, SKColor Color)> Pixels(SKBitmap picture) =>
        from y in Enumerable.Range(0, picture.Height) from x in Enumerable.Range(0, picture.Width) select (x, y, picture.GetPixel(x, y));
}

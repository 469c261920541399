using StepZero.Numerics;

namespace StepZero.Tests.Numerics;

public sealed class MatrixTests
{
    [Fact]
    public void Parts_of_a_matrix_share_its_memory()
    {
        Matrix<float> matrix = Matrix<float>.Allocate(5, 40);
        matrix[3][17] = 7;
        Assert.Equal(7, matrix.RowRange(2, 2).ColumnRange(16, 24)[1][1]);
        Matrix<float> row = Matrix<float>.Allocate(1, 100);
        row.Reshape(16, 2, 20)[1][3] = 5;
        Assert.Equal(5, row[0][16 + 32 + 3]);
    }

    [Fact]
    public unsafe void Rows_and_the_pointer_begin_at_one_place_on_a_line_of_the_cache()
    {
        Matrix<double> matrix = Matrix<double>.Allocate(3, 10).RowRange(1, 2).ColumnRange(8, 2);
        Assert.Equal(0, (long)matrix.Data % 64);
        matrix[1][1] = 4;
        Assert.Equal(4, matrix.Data[matrix.Stride + 1]);
        matrix.KeepAlive();
        Assert.True(default(Matrix<double>).Data == null);
    }
}

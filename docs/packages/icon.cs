#:package SkiaSharp
#:package SkiaSharp.NativeAssets.Linux.NoDependencies
#:property EnforceCodeStyleInBuild=false

// Draws icon.png beside itself: dotnet run docs/packages/icon.cs. Four trainings leave step zero, in the colours of the cost curves: one goes nowhere,
// one goes wrong, two learn.
using SkiaSharp;

using var bitmap = new SKBitmap(128, 128);
using var canvas = new SKCanvas(bitmap);
using var paint = new SKPaint { IsAntialias = true, Color = SKColors.White };
canvas.Clear(SKColors.Transparent);
canvas.DrawRoundRect(0, 0, 128, 128, 22, 22, paint);

paint.IsStroke = true;
paint.StrokeWidth = 10;
paint.StrokeCap = SKStrokeCap.Round;
Curve("#B94E00", "M 24 56 C 62 56 90 48 108 18");
Curve("#0069A6", "M 24 56 H 108");
Curve("#A8447C", "M 24 56 C 56 58 58 82 108 84");
Curve("#007D5A", "M 24 56 C 48 60 48 108 108 110");

paint.IsStroke = false;
paint.Color = SKColor.Parse("#333333");
canvas.DrawCircle(24, 56, 14, paint);

using SKData png = bitmap.Encode(SKEncodedImageFormat.Png, 100);
File.WriteAllBytes(Path.Combine((string)AppContext.GetData("EntryPointFileDirectoryPath")!, "icon.png"), png.ToArray());

void Curve(string color, string path)
{
    using var curve = SKPath.ParseSvgPathData(path);
    paint.Color = SKColor.Parse(color);
    canvas.DrawPath(curve, paint);
}

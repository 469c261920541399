namespace StepZero.Benchmarks.Findings;

/// <summary>A picture of the page.</summary>
/// <param name="File">Its name.</param>
/// <param name="Alt">What it shows, for those who cannot see it.</param>
/// <param name="Caption">What is to be seen in it, with the figures of the run.</param>
/// <param name="Content">The file.</param>
internal sealed record Picture(string File, string Alt, string Caption, byte[] Content);

/// <summary>What the page says of one rule.</summary>
/// <param name="What">What it is, and what becomes of the network.</param>
/// <param name="Remedy">What to do about it.</param>
/// <param name="With">A network that has it.</param>
/// <param name="Without">One that has it not, as near to the other as possible.</param>
/// <param name="Picture">Both, or what makes the difference.</param>
internal sealed record Section(string What, string Remedy, Lazy<Case> With, Lazy<Case> Without, Lazy<Picture> Picture);

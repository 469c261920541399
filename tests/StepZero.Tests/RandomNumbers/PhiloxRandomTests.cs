using StepZero.Numerics;
using StepZero.RandomNumbers;

namespace StepZero.Tests.RandomNumbers;

/// <summary>Which words a number is made of, and that this is so however it is asked for. PhiloxDistributionTests has what becomes of the words.</summary>
public sealed class PhiloxRandomTests
{
    private const ulong Seed = 0x0123456789abcdef;
    private const string Tensor = "layers.0.größe";

    /// <summary>Counter, key and words of the authors' <c>kat_vectors</c> (Random123).</summary>
    public static TheoryData<string, string, string> KnownAnswers => new()
    {
        { "00000000 00000000 00000000 00000000", "00000000 00000000", "6627e8d5 e169c58d bc57ac4c 9b00dbd8" },
        { "ffffffff ffffffff ffffffff ffffffff", "ffffffff ffffffff", "408f276d 41c83b0e a20bc7c6 6d5451fd" },
        { "243f6a88 85a308d3 13198a2e 03707344", "a4093822 299f31d0", "d16cfe09 94fdcceb 5001e420 24126ea1" },
    };

    /// <summary>First groups: from 0; where a counter's lower word overflows into the upper; far beyond; the last.</summary>
    public static TheoryData<ulong> FirstGroups => [0, 1, (1ul << 28) - 2, (1ul << 28) - 1, 1ul << 28, (1ul << 45) + 77, (1ul << 58) - 3];

    public static TheoryData<string> Fillings => [.. Doubles.Keys];

    private static readonly Dictionary<string, Action<PhiloxRandom, Memory<double>>> Doubles = new()
    {
        ["uniform"] = (random, values) => random.FillUniform(values.Span, -1, 2),
        ["normal"] = (random, values) => random.FillNormal(values.Span, 0.5, 2),
        ["truncated"] = (random, values) => random.FillTruncatedNormal(values.Span, 0, 1, -2, 2),
        ["truncated far out"] = (random, values) => random.FillTruncatedNormal(values.Span, 0, 1, 4.9, 9),
    };

    private static readonly Dictionary<string, Action<PhiloxRandom, Memory<float>>> Singles = new()
    {
        ["uniform"] = (random, values) => random.FillUniform(values.Span, -1, 2),
        ["normal"] = (random, values) => random.FillNormal(values.Span, 0.5, 2),
        ["truncated"] = (random, values) => random.FillTruncatedNormal(values.Span, 0, 1, -2, 2),
        ["truncated far out"] = (random, values) => random.FillTruncatedNormal(values.Span, 0, 1, 4.9, 9),
    };

    [Theory]
    [MemberData(nameof(KnownAnswers))]
    public void The_reference_gives_the_published_answers(string counter, string key, string answer) =>
        Assert.Equal(Words(answer), PhiloxReference.Block(Words(counter), Words(key)));

    /// <summary>The published answers from the vectors themselves; a block whose number is a multiple of 16 stands first in its group.</summary>
    [Fact]
    public void The_vectors_give_the_published_answers()
    {
        Assert.Equal(Words("6627e8d5 e169c58d bc57ac4c 9b00dbd8"), Block(default, 0, 0));
        Assert.Equal(Words("408f276d 41c83b0e a20bc7c6 6d5451fd"), Block(new PhiloxKey(~0u, ~0u, ~0u, ~0u), ulong.MaxValue / 16, 15));
        Assert.Equal(Words("d16cfe09 94fdcceb 5001e420 24126ea1"), Block(new PhiloxKey(0xa4093822, 0x299f31d0, 0x13198a2e, 0x03707344), 0x85a308d3243f6a88 / 16, 8));

        static uint[] Block(PhiloxKey key, ulong group, int place)
        {
            uint[] words = Groups(key, group, 1);
            return [words[place], words[place + 16], words[place + 32], words[place + 48]];
        }
    }

    [Theory]
    [MemberData(nameof(FirstGroups))]
    public void Groups_of_words_are_those_of_the_reference_in_their_order(ulong firstGroup)
    {
        uint[] key = [0xdeadbeef, 0x12345678], stream = [0x9abcdef0, 0xfffffffe];
        uint[] found = Groups(new PhiloxKey(key[0], key[1], stream[0], stream[1]), firstGroup, 3);
        Assert.Equal(Enumerable.Range(0, 192).Select(i => PhiloxReference.Word(unchecked((64 * firstGroup) + (ulong)i), key, stream)), found);
    }

    [Fact]
    public void The_reference_hashes_names_as_published()
    {
        Assert.Equal(0xcbf29ce484222325, PhiloxReference.Fnv1a(""u8.ToArray()));
        Assert.Equal(0xaf63dc4c8601ec8c, PhiloxReference.Fnv1a("a"u8.ToArray()));
        Assert.Equal(0x85944171f73967e8, PhiloxReference.Fnv1a("foobar"u8.ToArray()));
    }

    /// <summary>A uniform number shows its word: 53 bits of 64, 24 of 32. The last places are beyond 2³² counters.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1000)]
    [InlineData((1L << 33) - 100)]
    [InlineData((1L << 34) - 100)]
    [InlineData(1L << 45)]
    public void Words_are_addressed_by_seed_name_and_index(long start)
    {
        double[] doubles = new double[200];
        float[] singles = new float[200];
        new PhiloxRandom(Seed, Tensor).At(start).FillUniform(doubles, 0, 1);
        new PhiloxRandom(Seed, Tensor).At(start).FillUniform(singles, 0, 1);
        Assert.Equal(PhiloxReference.Words64(Seed, Tensor, start, 200).Select(word => (word >> 11) * Math.ScaleB(1, -53)), doubles);
        Assert.Equal(PhiloxReference.Words(Seed, Tensor, start, 200).Select(word => (word >> 8) * MathF.ScaleB(1, -24)), singles);
    }

    [Fact]
    public void A_later_filling_of_a_tensor_has_words_of_its_own()
    {
        var random = new PhiloxRandom(Seed, "a");
        for (int filling = 0; filling < 300; filling++)
        {
            double[] values = new double[3];
            random.FillUniform(values, 0, 1);
            Assert.Equal(PhiloxReference.Words64(Seed, "a", 0, 3, filling).Select(word => (word >> 11) * Math.ScaleB(1, -53)), values);
        }

        Assert.NotEqual(Uniforms(new PhiloxRandom(Seed, "a#1")), Uniforms(random));
        Assert.Equal(Uniforms(new PhiloxRandom(Seed, "a")), Uniforms(random.For("a")));
    }

    /// <summary>Seeds that differ in the lower or the upper half, names, fillings: of 64 numbers none stands at the same place twice.</summary>
    [Fact]
    public void Other_seeds_names_and_fillings_give_other_numbers()
    {
        var second = new PhiloxRandom(1, "a");
        second.Permutation(0);
        PhiloxRandom[] streams =
        [
            new(1, "a"), second, new(1, "b"), new(1), new(1, "A"), new(1, "layers.0.weight"), new(1, "layers.1.weight"), new(2, "a"), new(1 + (1ul << 32), "a"), new(0, "a"),
            new(ulong.MaxValue, "a"),
        ];
        double[][] numbers = [.. streams.Select(stream => Uniforms(stream, 64))];
        Assert.All(Enumerable.Range(0, 64), i => Assert.Equal(streams.Length, numbers.Select(values => values[i]).Distinct().Count()));
    }

    /// <summary>
    /// Parts that begin and end at, before and after the borders of groups (64 words), chunks (2,048) and a thread's turns (65,536), in any order and on
    /// any number of threads, are parts of the whole.
    /// </summary>
    [Theory]
    [MemberData(nameof(Fillings))]
    public void Any_part_on_any_threads_has_the_bits_of_the_whole(string filling)
    {
        AssertParts(Doubles[filling], seed: 1);
        AssertParts(Singles[filling], seed: 2);
    }

    [Fact]
    public void Far_out_in_a_tensor_parts_meet_too()
    {
        const long Start = (1L << 34) - 3000;
        double[] whole = new double[6000];
        new PhiloxRandom(1, "far").At(Start).FillNormal(whole, 0, 1);
        foreach (int from in new[] { 1, 31, 2999, 3000, 3001, 5999 })
        {
            double[] part = new double[whole.Length - from];
            new PhiloxRandom(1, "far") { Threads = 2 }.At(Start + from).FillNormal(part, 0, 1);
            Assert.Equal(whole[from..], part);
        }
    }

    [Fact]
    public void A_place_counts_from_the_start_of_the_tensor_and_keeps_the_threads()
    {
        PhiloxRandom random = new PhiloxRandom(1, "a") { Threads = 3 }.At(10);
        Assert.Equal(3, random.Threads);
        Assert.Equal(3, random.For("b").Threads);
        Assert.Equal(Uniforms(new PhiloxRandom(1, "a").At(20)), Uniforms(random.At(20)));
        Assert.Equal(Uniforms(new PhiloxRandom(1, "b")), Uniforms(random.For("b")));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(1000)]
    public void A_permutation_orders_the_numbers_by_their_words(int count)
    {
        ulong[] words = PhiloxReference.Words64(Seed, Tensor, 0, count);
        int[] order = new PhiloxRandom(Seed, Tensor).Permutation(count);
        Assert.Equal(Enumerable.Range(0, count), order.Order());
        Assert.Equal(Enumerable.Range(0, count).OrderBy(i => words[i]), order);
    }

    [Fact]
    public void In_a_permutation_each_number_comes_to_each_place_equally_often()
    {
        const int Count = 8;
        int[] places = new int[Count * Count], pairs = new int[Count * (Count - 1)];
        var random = new PhiloxRandom(5, "permutations");
        for (int i = 0; i < 8000; i++)
        {
            int[] order = random.Permutation(Count);
            for (int place = 0; place < Count; place++)
            {
                places[(place * Count) + order[place]]++;
            }

            pairs[(order[0] * (Count - 1)) + (order[1] > order[0] ? order[1] - 1 : order[1])]++;
        }

        // The places of one permutation depend on each other: each number is at one place, so (8 − 1)² of the 64 counts are free.
        GoodnessOfFit.AssertEqualCounts(places, freedom: (Count - 1) * (Count - 1), scale: (Count - 1.0) / Count);
        GoodnessOfFit.AssertEqualCounts(pairs, pairs.Length - 1);
    }

    [Fact]
    public void Refuses_what_cannot_be()
    {
        Assert.StartsWith("Expected at least 1 thread.", Assert.Throws<ArgumentOutOfRangeException>(() => new PhiloxRandom(1) { Threads = 0 }).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new PhiloxRandom(1).At(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PhiloxRandom(1).Permutation(-1));
        Assert.Equal(1, new PhiloxRandom(1).Threads);
    }

    private static void AssertParts<T>(Action<PhiloxRandom, Memory<T>> fill, uint seed)
    {
        T[] whole = new T[210001];
        fill(new PhiloxRandom(Seed, Tensor), whole);
        T[] onThreads = new T[whole.Length];
        fill(new PhiloxRandom(Seed, Tensor) { Threads = 4 }, onThreads);
        Assert.True(whole.AsSpan().SequenceEqual(onThreads), "four threads give other numbers than one");
        var choice = new NumPyRandom(seed);
        for (int i = 0; i < 60; i++)
        {
            int start = Border(), length = Math.Min(i % 4 == 0 ? Border() : Below(700), whole.Length - start), threads = 1 + Below(4);
            T[] part = new T[length];
            fill(new PhiloxRandom(Seed, Tensor) { Threads = threads }.At(start), part);
            Assert.True(whole.AsSpan(start, length).SequenceEqual(part), $"{length} numbers from {start} on {threads} threads");
        }

        // At a multiple of a group, a chunk or a turn, or up to two places off.
        int Border() => Math.Max(0, (Below(4) switch { 0 => 32 * Below(100), 1 => 1024 * Below(100), 2 => 32768 * Below(4), _ => Below(99999) }) + Below(5) - 2);
        int Below(int limit) => (int)(choice.NextUInt32() % (uint)limit);
    }

    private static double[] Uniforms(PhiloxRandom random, int count = 3)
    {
        double[] values = new double[count];
        random.FillUniform(values, 0, 1);
        return values;
    }

    private static uint[] Words(string hexadecimal) => [.. hexadecimal.Split(' ').Select(word => Convert.ToUInt32(word, 16))];

    private static unsafe uint[] Groups(PhiloxKey key, ulong firstGroup, int groups)
    {
        uint[] words = new uint[groups * Philox.GroupLength];
        fixed (uint* to = words)
        {
            Philox.FillWords(to, key, firstGroup, groups);
        }

        return words;
    }
}

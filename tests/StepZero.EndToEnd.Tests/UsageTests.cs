using System.Text;
using System.Text.RegularExpressions;
using StepZero.Data;
using StepZero.Files;

namespace StepZero.EndToEnd.Tests;

/// <summary>Help, and what happens when the command line or the data are wrong: one line, the right exit code, nothing written.</summary>
public sealed class UsageTests : IDisposable
{
    private readonly Cli cli = new();

    public static TheoryData<string, int, string> Mistakes => new()
    {
        { "compare --lerning-rate 1", 2, "Unknown option '--lerning-rate'; did you mean '--learning-rate'?" },
        { "comprae", 2, "Unknown command 'comprae'; did you mean 'compare'?" },
        { "", 2, "Required command was not provided." },
        { "compare extra", 2, "Unexpected argument 'extra'. Data are named by --data. See 'stepzero compare --help'." },
        { "predict net.onnx good.csv --data good.csv", 2, "Unexpected argument 'good.csv'. Data are named by --data. See" },
        { "data good.csv extra", 2, "Unexpected argument 'extra'. See" },
        { "compare --data", 2, "Required argument missing for option: '--data'." },
        { "compare --learning-rate nan", 2, "--learning-rate: expected a finite number above 0, found 'nan'." },
        { "compare --learning-rate 0", 2, "--learning-rate: expected a finite number above 0, found '0'." },
        { "compare --learning-rate -0.1", 2, "--learning-rate: expected a finite number above 0, found '-0.1'." },
        { "compare --iterations 0", 2, "--iterations: expected a whole number from 1 to 2147483647, found '0'." },
        { "compare --iterations 1.5", 2, "--iterations: expected a whole number from 1 to 2147483647, found '1.5'." },
        { "compare --hidden 5,0", 2, "--hidden: expected a whole number from 1 to 1000000, found '0'." },
        { "compare --hidden 5,,5", 2, "--hidden: expected a whole number from 1 to 1000000, found ''." },
        { "compare --seed 4294967296", 2, "--seed: expected a whole number from 0 to 4294967295, found '4294967296'." },
        { "compare --threads 0", 2, "--threads: expected a whole number from 1 to 1024, found '0'." },
        { "compare --activation tanj", 2, "--activation: Unknown activation 'tanj'; did you mean 'tanh'?" },
        { "compare --init he,xavir", 2, "--init: Unknown initializer 'xavir'; did you mean 'xavier'" },
        { "compare --init he_normal:slope=x", 2, "--init: Initializer 'he_normal:slope=x': expected a finite number as slope, found 'x'." },
        { "compare --init he@keras", 2, "--init: Initializer 'he@keras': 'he' has no form of its own in keras; known: he; keras has 'he_normal@keras' and 'he_uniform@keras'." },
        { "compare --data two --init dirac", 1, "Initializer 'dirac': the shape 5×105 is impossible; expected the three to five dimensions of a convolution." },
        { "compare --random torch", 2, "--random: Unknown random stream 'torch'; did you mean 'pytorch'?" },
        { "compare --data same --init lsuv", 1, "Initializer 'lsuv', layer 3: all samples look alike to this layer (pre-activations of standard deviation 0 around" },
        { "init", 2, "Option '--spec' is required." },
        { "map --x=", 2, "Required argument missing for option: '--x'. See 'stepzero map --help'." },
        { "map --x :", 2, "--x: Unknown axis ''" },
        { "map --x gain", 2, "--x: Axis 'gain': expected a name, two numbers, and log or linear, as in 'gain:0.01..100:log'." },
        { "map --x gain:100..0.01:log", 2, "--x: Axis 'gain:100..0.01:log': it goes from 100 down to 0.01; expected the smaller number first." },
        { "map --x gain:1..1", 2, "--x: Axis 'gain:1..1': both ends are the same; expected two different numbers." },
        { "map --x gain:0..1:log", 2, "--x: Axis 'gain:0..1:log': a logarithmic axis cannot start at 0; expected a number above 0, or ':linear'." },
        { "map --x gain:-1..1:log", 2, "a logarithmic axis cannot start at -1; expected a number above 0, or ':linear'." },
        { "map --y lerning-rate:1..2", 2, "--y: Unknown axis 'lerning-rate'; did you mean 'learning-rate'?" },
        { "map --y learning-rate:0..2", 2, "--y: Axis 'learning-rate:0..2': expected learning rates above 0." },
        { "map --x momentum.1:0..0.5", 2, "--x: Axis 'momentum.1:0..0.5': found 'momentum.1'; expected a layer from 1 behind gain, learning-rate or offset, as in 'gain.1'." },
        { "map --data moons:9 --x gain:0..1 --y gain:1..2", 1, "Both axes are 'gain'; expected two different ones." },
        { "map --data moons:9 --x gain.4:0..1", 1, "Axis 'gain.4': the network has 3 layers; expected a layer from 1 to 3." },
        { "map --data moons:9 --x momentum:0..0.9", 1, "Axis 'momentum': the optimizer 'gd' has none. Use --optimizer momentum or nesterov." },
        { "map --data moons:9 --x depth:1..3 --hidden none", 1, "Axis 'depth': the network has no hidden layer to change. Give it one with --hidden." },
        { "map --data moons:9 --x depth:1..3 --y gain.1:1..2", 1, "Axis 'depth' changes the layers; it does not go with an axis of layer 1 alone. Leave the layer out." },
        { "map --data moons:9 --x depth:1..3 --init he+xavier+he", 1, "Initializer 'he+xavier+he': names 3 layers; the network has 2. Leave some out." },
        { "map --size 0", 2, "--size: expected a whole number from 1 to 67108864, found '0'." },
        { "map --size 100000x100000", 2, "--size: 100000 × 100000 are 10,000,000,000 pixels; expected at most 67,108,864. Use fewer, and look closer with --zoom." },
        { "map --size 3x4x5", 2, "--size: expected pixels as in 256 or 320x200, found '3x4x5'." },
        { "map --x learning:1..2", 2, "--x: Unknown axis 'learning'; did you mean 'learning-rate'?" },
        { "map --fractal", 2, "Unknown option '--fractal'; did you mean '--fractal-dimension'?" },
        { "map --measure cots", 2, "--measure: Unknown measure 'cots'; did you mean 'cost'?" },
        { "map --measure iterations", 2, "--measure: Measure 'iterations': expected the cost to reach, a number above 0, as in 'iterations:0.1'." },
        { "map --data noise:9:2 --measure accuracy", 1, "Measure 'accuracy': a network trained with the loss 'mse' predicts numbers and classifies nothing. Use --measure cost." },
        { "map --init he,xavier", 2, "--init: expected one initializer, found 'he,xavier'." },
        { "map --horizon", 2, "Unknown option '--horizon'" },
        { "map --early-stopping 5", 2, "Unknown option '--early-stopping'" },
        { "map --preset fractal-tan", 2, "--preset: Unknown preset 'fractal-tan'; did you mean 'fractal-tanh'?" },
        { "map --preset fractal-tanh --hidden 3", 2, "--hidden: the preset 'fractal-tanh' brings its own; beside it go --x, --y, --size, --measure," },
        { "map --preset fractal-tanh --x learning-rate.3:0.1..1", 1, "Axis 'learning-rate.3': the network has 2 layers; expected a layer from 1 to 2." },
        { "map --zoom 0", 2, "--zoom: expected a finite number above 0, found '0'." },
        { "map --zoom 10 --precision single", 2, "--zoom: neighbouring pixels would be the same numbers in single precision. Leave --precision out." },
        { "map --center 1", 2, "--center: expected two numbers, a place on each axis as in 1,0.01, found '1'." },
        { "map --center -1,0.1", 2, "--center: Axis 'gain around -1, 1 times closer': expected a number above 0 on a logarithmic axis." },
        { "map --zoom 1e30", 2, "--zoom: Axis 'gain around 1, 1E+30 times closer': both ends are the same" },
        { "map --data moons:9 --zoom 1e16", 1, ":log': has no 128 different numbers of double precision. Use a smaller --zoom or --size." },
        { "map --cross 1,x", 2, "--cross: expected two finite numbers as in 1,0.01, found 'x'." },
        { "map --mark xavir", 2, "--mark: Unknown initializer 'xavir'; did you mean 'xavier'" },
        { "map --data moons:9 --mark he --x offset:0..1", 1, "--mark: initializers lie on an axis of gains, and this map has none. Leave it out, or use --x gain:0.01..100:log." },
        { "map --vector-width 100", 2, "--vector-width: expected 128, 256 or 512, found '100'." },
        { "map --watch --no-plots", 2, "--watch and --no-plots exclude each other. Use one of them." },
        { "map --resume", 2, "--resume needs --output, the folder of the unfinished map." },
        { "map --output a-file", 1, "a-file: is a file; expected a folder to write to." },
        { "map --data good.csv --data-x a", 1, "good.csv: is a table, to which --data-x does not apply. Leave it out." },
        { "diagnose --seeds 3", 2, "Unknown option '--seeds'" },
        { "diagnose --iterations 0", 2, "--iterations: expected a whole number from 1 to 2147483647, found '0'." },
        { "diagnose --data constant.csv", 1, "constant.csv: one class (1); expected two or more. Choose the column or array of the classes with --target or --y." },
        { "diagnose --output a-file", 1, "a-file: is a file; expected a folder to write to." },
        { "init --spec nowhere.json", 1, "nowhere.json: cannot be read: Could not find file" },
        { "init --spec a-file", 1, "a-file: is not JSON at line 1" },
        { "init --spec unknown-name.json", 1, "unknown-name.json: tensor 'a': Unknown initializer 'he_norml'; did you mean 'he_normal'" },
        { "init --spec no-initializer.json", 1, "no-initializer.json: tensor 'b': has no \"initializer\", and no pattern fits its name." },
        { "init --spec pattern.json", 1, "pattern.json: the pattern '*.bais' fits no tensor; the names are a." },
        { "init --spec twice.json", 1, "twice.json: two tensors are named 'a'; expected each name once." },
        { "init --spec overflow.json", 1, "overflow.json: tensor 'a': Shape 2147483647×2147483647: has more elements than an array holds" },
        { "init --spec negative.json", 1, "negative.json: tensor 'a': Shape 3×-1: has the size -1; expected sizes of at least 0." },
        { "init --spec dtype.json", 1, "dtype.json: tensor 'a': Unknown dtype 'flaot32'; did you mean 'float32'?" },
        { "init --spec field.json", 1, "field.json: tensor 'a': Unknown field 'intializer'; did you mean 'initializer'?" },
        { "init --spec vector.json", 1, "vector.json: tensor 'a': Shape 5: has 1 dimension(s), and fans need at least 2." },
        { "init --spec empty.json", 1, "empty.json: tensor 'a': Shape 0×3: has no elements" },
        { "init --spec dirac.json", 1, "dirac.json: tensor 'a': Initializer 'dirac': the shape 3×3 is impossible; expected the three to five dimensions of a convolution." },
        { "init --spec data.json", 1, "data.json: tensor 'a': Initializer 'lsuv': its weights depend on the data that reach a layer." },
        { "init --spec good.json --save w.npy", 1, "w.npy: expected a name that ends in .npz or .safetensors." },
        { "init --spec good.json --save empty/none/w.npz", 1, "empty/none/w.npz: cannot be written:" },
        { "init --spec good.json --save good.json", 1, "good.json: expected a name that ends in .npz or .safetensors." },
        { "init --spec good.json --save ''", 1, "expected a name that ends in .npz or .safetensors." },
        { "initializers he_normal@torch", 2, "Unknown library 'torch'; did you mean 'pytorch'?" },
        { "initializers he --markdown", 2, "--markdown prints the guide to all initializers. Use it alone." },
        { "init --spec good.json --random numpy --seed 4294967296", 2, "--random: Seed 4294967296: the stream 'numpy' takes seeds up to 4294967295." },
        { "init --spec good.json --seed -1", 2, "--seed: expected a whole number from 0 to 18446744073709551615, found '-1'." },
        { "initializers he_norml", 2, "Unknown initializer 'he_norml'; did you mean 'he_normal'" },
        { "compare --init he,he", 2, "--init: 'he' stands there twice" },
        { "compare --scaling centre", 2, "--scaling: Unknown scaling 'centre'; did you mean 'center'?" },
        { "compare --precision half", 2, "--precision: Unknown value 'half'" },
        { "compare --form daul", 2, "--form: Unknown value 'daul'; did you mean 'dual'?" },
        { "compare --image-size 150", 2, "--image-size: expected width and height as in 150x150, found '150'." },
        { "compare --test-fraction 1", 2, "--test-fraction: expected a number above 0 and below 1, found '1'." },
        { "compare --test-fraction 0.2 --test-data moons", 2, "--test-data and --test-fraction exclude each other." },
        { "compare --seeds 0", 2, "--seeds: expected a whole number from 1 to 100000, found '0'." },
        { "compare --seeds 2 --seed 4294967295", 2, "--seeds: 2 seeds from 4294967295 go beyond 4294967295" },
        { "compare --data pets:0", 1, "Data set 'pets:0': expected 2 to 31814 pictures as in 'pets:100', found '0'." },
        { "compare --data pets:-3", 1, "Data set 'pets:-3': expected 2 to 31814 pictures as in 'pets:100', found '-3'." },
        { "compare --data pets:40000", 1, "Data set 'pets:40000': expected 2 to 31814 pictures" },
        { "compare --data pets:10:x", 1, "Data set 'pets:10:x': expected a seed from 0 to 4294967295 as in 'pets:10:7', found 'x'." },
        { "compare --data pets:10:1:1", 1, "expected name, pictures and seed as in 'pets:100:7'" },
        { "compare --data mons", 1, "Unknown data set 'mons'; did you mean 'moons'?" },
        { "compare --data ./nowhere", 1, "./nowhere: there is no such file or folder." },
        { "compare --data nowhere.csv", 1, "nowhere.csv: there is no such file or folder." },
        { "compare --data empty", 1, "empty: no pictures found; expected files such as cat.1.jpg" },
        { "compare --data a-file", 1, "a-file: the file is empty, or no ordinary file; expected HDF5, NPZ, NPY, Parquet or CSV." },
        { "compare --data text.h5", 1, "text.h5: is not an HDF5 file: it begins with 612C622C790A312C; expected 894844460D0A1A0A." },
        { "compare --data two/cat.1.png", 1, "two/cat.1.png: is one picture; expected a folder of pictures." },
        { "compare --data loop", 1, "loop: cannot be read: Too many levels of symbolic links" },
        { "compare --data loops", 1, "loops/cat.1.png: cannot be read: Too many levels of symbolic links" },
        { "compare --data missing.csv", 1, "missing.csv: 1 missing value(s): row 1, column 'b'. Leave their rows out with --missing drop" },
        { "compare --data infinite.csv", 1, "infinite.csv: 1 infinite value(s): row 2, column 'a'. Correct them, or let them pass with --allow-nan." },
        { "compare --data fraction.csv --loss cross_entropy", 1, "fraction.csv: column 'y': row 1 holds 0.5; expected a whole number for each class." },
        { "compare --data constant.csv", 1, "constant.csv: one class (1); expected two or more. Choose the column or array of the classes with --target or --y." },
        { "compare --data classes.csv --loss binary_cross_entropy", 1, "classes.csv: 3 classes (0, 1, 2); the loss binary_cross_entropy tells two apart. Set one against the rest with --positive, as in --positive 0, or use --loss cross_entropy." },
        { "compare --data digits --positive 3 --loss cross_entropy", 1, "digits: --positive sets one class against the rest, and the loss cross_entropy tells all apart. Leave one of them out." },
        { "compare --data digits --positive ten", 1, "Unknown class in 'digits' 'ten'" },
        { "compare --data classes.csv --target z", 1, "classes.csv: Unknown column 'z'; did you mean 'a'? Known: a, b, y. Choose the target with --target." },
        { "compare --data classes.csv --ignore z", 1, "Unknown column 'z'" },
        { "compare --data classes.csv --x a", 1, "classes.csv: is a table, to which --x does not apply. Leave it out." },
        { "compare --data moons --target y", 1, "moons: is a set, to which --target does not apply. Leave it out." },
        { "compare --data two --ignore id", 1, "two: is a folder of pictures, to which --ignore does not apply. Leave it out." },
        { "compare --data good.csv --test-data turned.csv", 1, "turned.csv: feature column 1 is 'b'; expected 'a' as in 'good'. Give both files the same columns in the same order." },
        { "compare --data good.csv --test-data classes.csv", 1, "Test data 'classes' have a class '2' that 'good' has not; expected 0, 1." },
        { "compare --data good.csv --test-data good.csv", 1, "good.csv: holds the same samples as the training data, which say nothing new." },
        { "compare --data page.csv", 1, "page.csv: is HTML or XML; expected HDF5, NPZ, NPY, Parquet or CSV." },
        { "data good.csv --allow-nan --missing drop", 2, "--allow-nan and --missing exclude each other." },
        { "data digits:3", 1, "Data set 'digits:3': 'digits' is a table and takes no numbers; expected its name alone." },
        { "data good.npz --save good.npz", 2, "--save: is the file that is read. Choose another." },
        { "compare --missing some", 2, "--missing: Unknown value 'some'" },
        { "data", 2, "Required argument 'PATH|NAME' missing for command: 'data'." },
        { "data mons", 1, "Unknown data set 'mons'; did you mean 'moons'?" },
        { "data good.csv --save x.csv", 1, "x.csv: expected a name that ends in .npz." },
        { "data good.csv --save no/x.npz", 1, "no/x.npz: cannot be written: there is no folder" },
        { "compare --data one-class", 1, "one-class: one class (cat); expected two or more." },
        { "compare --data three --loss mse", 1, "three: 3 classes (cat, dog, owl); the loss mse tells two apart. Set one against the rest with --positive, as in --positive cat, or use --loss cross_entropy." },
        { "compare --data two --positive caat", 1, "did you mean 'cat'?" },
        { "compare --data text", 1, "text/dog.1.jpg: not a picture that can be read" },
        { "compare --data huge", 1, "huge/dog.1.png: claims 60000×60000 pixels" },
        { "compare --data two --test-data moons", 1, "Test data 'moons:500:0.2' have 2 features of type float64; expected pictures of 7×5 pixels of type uint8" },
        { "compare --data moons:3 --test-fraction 0.9", 1, "leaves none of the 3 samples" },
        { "compare --output a-file", 1, "a-file: is a file; expected a folder to write to." },
        { "compare --output a-file/below", 1, "a-file/below: cannot be written:" },
        { "compare --loss hinge", 2, "--loss: Unknown loss 'hinge'. Known: binary_cross_entropy, cross_entropy, mse." },
        { "compare --optimizer adm", 2, "--optimizer: Unknown optimizer 'adm'; did you mean 'adam'?" },
        { "compare --optimizer adam:beta=0.9", 2, "--optimizer: Optimizer 'adam:beta=0.9': found 'beta=0.9'; expected beta1=…, beta2=…, eps=…." },
        { "compare --optimizer adam:beta1=1", 2, "--optimizer: Optimizer 'adam:beta1=1': expected a number from 0 to below 1 as beta1, found '1'." },
        { "compare --optimizer adam:eps=0", 2, "expected a finite number above 0 as eps, found '0'." },
        { "compare --optimizer momentum:beta=0.9:beta=0.8", 2, "'beta' stands there twice; expected it once." },
        { "compare --optimizer gd:beta=0.9", 2, "Optimizer 'gd:beta=0.9': found 'beta=0.9'; it takes no parameters." },
        { "compare --optimizer adam --form dual", 1, "The dual form does not hold for adam:beta1=0.9:beta2=0.999:eps=1E-08, which rescales each weight by itself. Use --form primal" },
        { "compare --weight-decay -1", 2, "--weight-decay: expected a finite number, 0 and above, found '-1'." },
        { "compare --clip-norm 0", 2, "--clip-norm: expected a finite number above 0, found '0'." },
        { "compare --data moons:50 --batch-size 51", 1, "a batch of 51 is larger than the 50 training samples. Use a smaller --batch-size, or leave it out to take all." },
        { "compare --batch-size 0", 2, "--batch-size: expected a whole number from 1 to 2147483647, found '0'." },
        { "compare --epochs 3 --iterations 5", 2, "--iterations and --epochs exclude each other. Use one of them." },
        { "compare --data moons:50 --batch-size 1 --epochs 99999999", 1, "99999999 epochs of 50 updates are more than 2147483647, the most." },
        { "compare --schedule cosin", 2, "--schedule: Unknown schedule 'cosin'; did you mean 'cosine'?" },
        { "compare --schedule step", 2, "Schedule 'step': expected the updates between two steps, as in 'step:every=200'." },
        { "compare --schedule warmup", 2, "Schedule 'warmup': expected the updates of the warm-up, as in 'warmup:100'." },
        { "compare --data moons --schedule step:every=200 --iterations 200", 1, "Schedule 'step:every=200:factor=0.1': its first step comes after 200 updates; the training has 200 updates. Make the schedule shorter, or train longer." },
        { "compare --data moons --schedule cosine:warmup=100 --iterations 100", 1, "its warm-up of 100 updates is as long as the training or longer; the training has 100 updates." },
        { "compare --early-stopping 0", 2, "--early-stopping: Early stopping '0': expected a whole number of epochs, 1 and above as patience, found '0'." },
        { "compare --early-stopping 5:held=1", 2, "expected a share above 0 and below 1 as held, found '1'." },
        { "train --init he,xavier", 2, "--init: expected one initializer, found 'he,xavier'. Set several side by side with 'stepzero compare'." },
        { "train --checkpoint-every 10", 2, "--checkpoint-every needs --output, the folder of the checkpoint." },
        { "train --resume", 2, "--resume needs --output, the folder of the checkpoint." },
        { "train --save model.txt", 1, "model.txt: expected a name that ends in" },
        { "train --seeds 3", 2, "Unknown option '--seeds'" },
        { "run nowhere.json", 1, "nowhere.json: there is no such file" },
        { "run a-file", 1, "a-file: is not JSON at line 1" },
        { "run empty", 1, "empty/spec.json: there is no such file" },
        { "run strange.json", 1, "strange.json: Unknown option 'learning-rte'; did you mean 'learning-rate'?" },
        { "run impossible.json", 1, "impossible.json: --learning-rate: expected a finite number above 0, found '-1'." },
        { "evaluate --data good.csv", 2, "Required argument 'MODEL' missing for command: 'evaluate'." },
        { "evaluate table.safetensors", 2, "Option '--data' is required." },
        { "predict table.safetensors", 2, "Option '--data' is required." },
        { "evaluate nowhere.safetensors --data good.csv", 1, "nowhere.safetensors: " },
        { "evaluate good.csv --data good.csv", 1, "good.csv: begins with 612C622C790A312C32, as neither a .safetensors nor a .npz file does; expected one of these. Give a file of weights." },
        { "evaluate nowhere.npz --data good.csv", 1, "nowhere.npz: there is no such file; expected a .safetensors or .npz file of weights." },
        { "predict net.onnx --data good.csv", 1, "expected one of these. ONNX files are for other programs: keep the network as .safetensors or .npz too." },
        { "predict weights.npz --data good.csv", 1, "weights.npz: holds tensors, but no model of StepZero" },
        { "predict newer.safetensors --data good.csv", 1, "newer.safetensors: schema 9; this version reads schema 1. Use the version that wrote it." },
        { "predict table.safetensors --data lacking.csv", 1, "lacking.csv: lacks the column b; the model wants the columns a, b. Give both the same columns." },
        { "predict table.safetensors --data more.csv", 1, "more.csv: has the columns id, c, unknown there; the model wants the columns a, b. Leave them out with --ignore id,c." },
        { "evaluate table.safetensors --data turned.csv", 1, "turned.csv: feature column 1 is 'b'; expected 'a' as in 'people'. Give both files the same columns in the same order." },
        { "evaluate table.safetensors --data unknown.csv", 1, "Data 'unknown' have a class 'maybe' that the model, trained on 'people', has not; expected no, yes." },
        { "evaluate table.safetensors --data words.csv", 1, "words.csv: column 'b' holds the text 'much' in row 2; expected numbers as in 'people'." },
        { "evaluate table.safetensors --data unlabelled.csv", 1, "unlabelled.csv: lacks the column 'y' of the targets, by which predictions are judged; 'stepzero predict' needs none. Choose another column with --target." },
        { "evaluate table.safetensors --data breast-cancer", 1, "Data 'breast-cancer' have 30 features; expected 2 features as the model was trained on with 'people'. Give both the same features." },
        { "evaluate numbers.npz --data moons:9", 1, "Data 'moons:9:0.2' have classes as targets; expected numbers as the model was trained on with 'people'." },
        { "predict pictures.npz --data tall --image-size 5x7", 1, "Data 'tall' have pictures of 5×7 pixels; expected pictures of 7×5 pixels as the model was trained on with 'pets'. Make all pictures of one size (those of folders with --image-size 7x5)." },
        { "predict pictures.npz --data small", 1, "small/1.gif: 1×1 pixels; expected 7×5 as the model takes them. Resize all with --image-size 7x5." },
        { "evaluate pictures.npz --data three", 1, "Data 'three' have a class 'owl' that the model, trained on 'pets', has not; expected cat, dog." },
        { "evaluate pictures.npz --data good.csv", 1, "Data 'good' have 2 features of type float64; expected pictures of 7×5 pixels of type uint8" },
        { "predict table.safetensors --data good.csv --missing mean", 1, "table.safetensors: keeps no means of the training samples to fill gaps with." },
        { "predict table.safetensors --data good.csv --x a", 1, "good.csv: is a table, to which --x does not apply. Leave it out." },
        { "predict table.safetensors --data good.csv --output p.txt", 1, "p.txt: expected a name that ends in .csv or .json." },
        { "predict table.safetensors --data good.csv --output no/p.csv", 1, "no/p.csv: cannot be written: there is no folder" },
        { "predict table.safetensors --data good.csv --output good.csv", 2, "--output: is a file that is read. Choose another." },
        { "predict table.safetensors --data good.csv --seed x", 2, "--seed: expected a whole number from 0 to 4294967295, found 'x'." },
        { "evaluate table.safetensors --data good.csv --output a-file", 1, "a-file: is a file; expected a folder to write to." },
        { "evaluate table.safetensors --data missing.csv --ignore a,b", 1, "missing.csv: " },
    };

    public void Dispose() => cli.Dispose();

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_mistake_is_one_clear_line(string command, int exitCode, string message)
    {
        PutData();
        string[] before = Everything();
        Outcome outcome = cli.Run(command.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains(message, outcome.Error, StringComparison.Ordinal);
        Assert.Equal((exitCode, ""), (outcome.ExitCode, outcome.Output));
        Assert.StartsWith("stepzero: ", outcome.Error, StringComparison.Ordinal);
        Assert.Equal(1, outcome.Error.Count(character => character == '\n'));
        Assert.Equal(before, Everything());
    }

    [Fact]
    public void Bad_pictures_can_be_left_out_and_are_counted()
    {
        PutData();
        cli.Put("gray.png", "text/owl.2.png");
        Outcome outcome = cli.Run("compare", "--data", "text", "--skip-bad", "--iterations", "3", "--output", "out");
        Assert.Equal(0, outcome.ExitCode);
        Assert.StartsWith("stepzero: left out 1 bad file(s) of text:\n  text/dog.1.jpg: not a picture", outcome.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("compare --help")]
    [InlineData("diagnose --help")]
    [InlineData("advise --help")]
    [InlineData("run --help")]
    [InlineData("train --help")]
    [InlineData("map --help")]
    [InlineData("sweep --help")]
    [InlineData("sweep report --help")]
    [InlineData("sweep status --help")]
    [InlineData("sweep merge --help")]
    [InlineData("sweep export --help")]
    [InlineData("evaluate --help")]
    [InlineData("predict --help")]
    [InlineData("data --help")]
    [InlineData("init --help")]
    [InlineData("initializers --help")]
    public void Help_is_as_written(string command)
    {
        Outcome outcome = cli.Run(command.Split(' '));
        Assert.Equal((0, ""), (outcome.ExitCode, outcome.Error));
        Expect($"{command.Replace(" --", "-", StringComparison.Ordinal).Replace(' ', '-').Trim('-')}.txt", outcome.Output);
    }

    [Fact]
    public void Version_is_a_number() => Assert.Matches(new Regex(@"^\d+\.\d+\.\d+\n$"), cli.Run("--version").Output);

    /// <summary>Compares with a committed file; with UPDATE_EXPECTED=1 writes it instead.</summary>
    private static void Expect(string name, string actual)
    {
        string path = Path.Combine(Cli.Root, "tests", "StepZero.EndToEnd.Tests", "Expected", name);
        if (Environment.GetEnvironmentVariable("UPDATE_EXPECTED") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, actual);
        }

        Assert.Equal(File.ReadAllText(path), actual);
    }

    private void PutData()
    {
        Directory.CreateDirectory(cli.In("empty"));
        File.WriteAllText(cli.In("a-file"), "");
        foreach (string folder in (string[])["one-class", "two", "three", "text", "huge"])
        {
            cli.Put("rgb.png", $"{folder}/cat.1.png");
        }

        cli.Put("gray.png", "two/dog.1.png");
        cli.Put("gray.png", "three/dog.1.png");
        cli.Put("gray.png", "three/owl.1.png");
        File.WriteAllText(cli.In("text/dog.1.jpg"), "no picture");
        cli.Put("huge.png", "huge/dog.1.png");
        cli.Put("rgb.png", "same/cat.1.png");
        cli.Put("rgb.png", "same/dog.1.png");
        cli.Put("rgb.png", "tall/cat.1.png");
        Directory.CreateDirectory(cli.In("small"));
        File.WriteAllBytes(cli.In("small/1.gif"), Convert.FromBase64String("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"));
        PutTables();
        PutModels();
        PutKeptModels();
        string spec = "{\"schema\": 1, \"job\": \"compare\", \"dataHash\": \"\", \"options\": {OPTIONS}}";
        File.WriteAllText(cli.In("strange.json"), spec.Replace("OPTIONS", "\"learning-rte\": 1", StringComparison.Ordinal));
        File.WriteAllText(cli.In("impossible.json"), spec.Replace("OPTIONS", "\"learning-rate\": -1", StringComparison.Ordinal));
    }

    private void PutTables()
    {
        (string Name, string Content)[] tables =
        [
            ("good.csv", "a,b,y\n1,2,0\n3,4,1\n"), ("text.h5", "a,b,y\n1,2,0\n"), ("missing.csv", "a,b,y\n1,,0\n3,4,1\n"), ("infinite.csv", "a,b,y\n1,2,0\ninf,4,1\n"),
            ("fraction.csv", "a,b,y\n1,2,0.5\n3,4,1\n"), ("constant.csv", "a,b,y\n1,2,1\n3,4,1\n"), ("classes.csv", "a,b,y\n1,2,0\n3,4,1\n5,6,2\n"),
            ("lacking.csv", "a,y\n1,yes\n"), ("more.csv", "id,a,b,c\n1,2,3,4\n"), ("unknown.csv", "a,b,y\n1,2,maybe\n3,4,no\n"), ("words.csv", "a,b,y\n1,2,yes\n3,much,no\n"),
            ("unlabelled.csv", "a,b\n1,2\n"), ("turned.csv", "b,a,y\n1,2,0\n3,4,1\n"), ("page.csv", "<!DOCTYPE html>\n"), ("net.onnx", "neither"), ("good.npz", "a,b,y\n1,2,0\n3,4,1\n"),
        ];
        foreach ((string name, string content) in tables)
        {
            File.WriteAllText(cli.In(name), content);
        }

        File.CreateSymbolicLink(cli.In("loop"), "loop");
        Directory.CreateDirectory(cli.In("loops"));
        File.CreateSymbolicLink(cli.In("loops/cat.1.png"), "cat.1.png");
    }

    private void PutKeptModels()
    {
        KeptModels.PutTable(cli, "table.safetensors");
        KeptModels.PutNumbers(cli, "numbers.npz");
        KeptModels.PutPictures(cli, "pictures.npz");
        string newer = Encoding.Latin1.GetString(File.ReadAllBytes(cli.In("table.safetensors"))).Replace("\\\"schema\\\":1", "\\\"schema\\\":9", StringComparison.Ordinal);
        File.WriteAllBytes(cli.In("newer.safetensors"), Encoding.Latin1.GetBytes(newer));
        DataFile.Write(cli.In("weights.npz"), GeneratedSets.Parse("moons:9", 1));
    }

    private void PutModels()
    {
        (string Name, string Tensors, string Patterns)[] models =
        [
            ("good", """{"name": "a", "shape": [4, 3], "initializer": "he"}""", ""),
            ("unknown-name", """{"name": "a", "shape": [4, 3], "initializer": "he_norml"}""", ""),
            ("no-initializer", """{"name": "b", "shape": [4, 3]}""", ""),
            ("pattern", """{"name": "a", "shape": [4, 3], "initializer": "he"}""", "\"*.bais\": \"zeros\""),
            ("twice", """{"name": "a", "shape": [4], "initializer": "zeros"}, {"name": "a", "shape": [5], "initializer": "zeros"}""", ""),
            ("overflow", """{"name": "a", "shape": [2147483647, 2147483647], "initializer": "he"}""", ""),
            ("negative", """{"name": "a", "shape": [3, -1], "initializer": "he"}""", ""),
            ("dtype", """{"name": "a", "shape": [4, 3], "initializer": "he", "dtype": "flaot32"}""", ""),
            ("field", """{"name": "a", "shape": [4, 3], "intializer": "he"}""", ""),
            ("vector", """{"name": "a", "shape": [5], "initializer": "he"}""", ""),
            ("empty", """{"name": "a", "shape": [0, 3], "initializer": "he"}""", ""),
            ("dirac", """{"name": "a", "shape": [3, 3], "initializer": "dirac"}""", ""),
            ("data", """{"name": "a", "shape": [3, 3], "initializer": "lsuv"}""", ""),
        ];
        foreach ((string name, string tensors, string patterns) in models)
        {
            File.WriteAllText(cli.In($"{name}.json"), $"{{\"tensors\": [{tensors}], \"patterns\": {{{patterns}}}}}");
        }
    }

    private string[] Everything() => [.. Directory.EnumerateFileSystemEntries(cli.Folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
}

#!/usr/bin/env bash
# Draws the maps of docs/guide/maps.md, half an hour on two cores at most: bash bench/maps.sh FOLDER-OF-CATS-AND-DOGS
set -euo pipefail
cd "$(dirname "$0")/.."
data=${1:?the folder with the 100 pictures}
pictures=docs/guide/maps
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
dotnet build -c Release -v q src/StepZero.Cli > "$work/build.txt"
mkdir -p "$pictures"

draw() {
    local name=$1
    shift
    echo "$name: stepzero map $*"
    dotnet src/StepZero.Cli/bin/Release/net10.0/StepZero.Cli.dll map "$@" --output "$work/$name" --quiet | sed 's/^/    /'
    cp "$work/$name/map.png" "$pictures/$name.png"
}

draw classic --data "$data" --x gain:0.1..10000:log --y learning-rate:1e-5..1:log --size 192 --mark zeros,random:10,he,xavier
for activation in tanh relu; do
    for depth in 2 5 10; do
        hidden=$(printf '16,%.0s' $(seq "$depth"))
        draw "$activation-$depth" --data moons:100 --hidden "${hidden%,}" --activation "$activation" \
            --x gain:0.1..10:log --y learning-rate:0.001..100:log --iterations 500 --size 96
    done
done

draw fractal --preset fractal-tanh --size 192 --fractal-dimension
draw fractal-24 --preset fractal-tanh --center 20,180 --zoom 24 --size 192 --fractal-dimension
draw fractal-240 --preset fractal-tanh --center 17.558296423446436,191.45125579864302 --zoom 240 --size 192 --fractal-dimension
draw fractal-2400 --preset fractal-tanh --center 17.489517613321134,190.7013089214937 --zoom 2400 --size 192 --fractal-dimension

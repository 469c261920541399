#!/usr/bin/env bash
# Kills a sweep 50 times at random moments, resumes it each time, and compares its rows with those of a sweep that nobody disturbed:
# bash bench/sweep-kills.sh [KILLS], some minutes.
set -euo pipefail
cd "$(dirname "$0")/.."
kills=${1:-50}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
dotnet build -c Release -v q src/StepZero.Cli > "$work/build.txt"
stepzero() { dotnet "$program" "$@"; }
program=$PWD/src/StepZero.Cli/bin/Release/net10.0/StepZero.Cli.dll
cat > "$work/sweep.json" <<'JSON'
{
  "data": "moons:60", "hidden": ["8", "4,4"], "activation": "relu", "iterations": 6000, "init": ["he", "xavier", "zeros"],
  "learning-rate": {"range": [0.01, 100, "log"], "points": 24}, "weight-decay": [0, 0.01], "seeds": 64
}
JSON

echo "undisturbed:"
stepzero sweep "$work/sweep.json" --output "$work/whole" --target cost:0.2 --quiet --no-plots | tail -1

finished=0
RANDOM=9
for ((kill = 1; kill <= kills; kill++)); do
    dotnet "$program" sweep "$work/sweep.json" --output "$work/cut" --target cost:0.2 --quiet --no-plots --resume > "$work/out.txt" 2> "$work/error.txt" &
    process=$!
    sleep "$(printf '%d.%03d' $((RANDOM % 3)) $((RANDOM % 1000)))"
    if ! kill -KILL "$process" 2> /dev/null; then
        finished=1
    fi

    wait "$process" 2> /dev/null || true
    rows=0
    if [ -f "$work/cut/sweep.db" ]; then
        rows=$(stepzero sweep status "$work/cut" --json 2> /dev/null | awk '/"trained"/ { gsub(/[^0-9]/, ""); print; exit }')
    fi

    echo "kill $kill: ${rows:-0} trainings are there"
    if [ $finished = 1 ]; then
        echo "the sweep came to its end before the kill; $((kill - 1)) kills it is"
        break
    fi
done

stepzero sweep "$work/sweep.json" --output "$work/cut" --target cost:0.2 --quiet --no-plots --resume 2>&1 | tail -1
stepzero sweep export "$work/whole" "$work/whole.csv"
stepzero sweep export "$work/cut" "$work/cut.csv"

/usr/bin/python3 - "$work" <<'PYTHON'
import sqlite3
import sys

columns = "idx, options, seed, status, cost, train_accuracy, test_cost, test_accuracy, reached_at, iterations, made, curve"
rows = [sqlite3.connect(f"{sys.argv[1]}/{name}/sweep.db").execute(f"SELECT {columns} FROM training ORDER BY idx").fetchall() for name in ["whole", "cut"]]
numbers = [row[0] for row in rows[1]]
assert numbers == list(range(len(rows[0]))), f"{len(numbers)} of {len(rows[0])} trainings, {len(set(numbers))} different ones"
different = sum(a != b for a, b in zip(*rows))
print(f"{len(rows[1])} rows, none missing, none twice, {different} of them other than undisturbed")
sys.exit(different != 0)
PYTHON

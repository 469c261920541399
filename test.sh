#!/usr/bin/env bash
# Builds StepZero and runs all its tests. Needs the .NET 10 SDK; everything else comes from NuGet.
set -euo pipefail
cd "$(dirname "$0")"

if ! command -v dotnet > /dev/null; then
  echo "test.sh: dotnet not found; install the .NET 10 SDK (https://dotnet.microsoft.com/download)." >&2
  exit 1
fi

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1
dotnet build -c Release
dotnet test -c Release --no-build

#!/usr/bin/env bash
# Makes the fonts of the pictures: DejaVu Sans cut down to what charts and names in Latin and Greek letters need.
# Run it where Debian's fonts-dejavu-core and fonttools are installed.
set -euo pipefail
cd "$(dirname "$0")"
characters="U+0020-007E,U+00A0-017F,U+0370-03CE,U+2010-2015,U+2018-201E,U+2020-2022,U+2026,U+2030,U+2070-209C,U+20AC,U+2190-2193,U+2202,U+2206,U+2208,U+220F-2212,U+221A,U+221E,U+2248,U+2260-2265"
for face in DejaVuSans DejaVuSans-Bold; do
  pyftsubset "/usr/share/fonts/truetype/dejavu/$face.ttf" --unicodes="$characters" --no-hinting --layout-features=kern \
    --name-IDs='*' --notdef-outline --output-file="$face.ttf"
done

#!/usr/bin/env bash
# Makes data-scripts/backgrounds again from Debian's package of landscape photographs. Only a maintainer needs this: the
# result is committed, and the committed tiles are always the source of Scenes, so that every machine composes the same.
#
#   data-scripts/make-backgrounds.sh
set -euo pipefail

package=endless-sky-data
version=0.9.8-1.2
sum=e45835e05a11e84bb1a890a0ded390246a53b8318f21a25925aa70fa54f80c13

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
temporary=$(mktemp -d)
trap 'rm -rf "$temporary"' EXIT

cd "$temporary"
apt-get download "$package=$version"
deb=$(echo "$package"_*.deb)
echo "$sum  $deb" | sha256sum --check --quiet
dpkg-deb --extract "$deb" .

mkdir tiles
java "$here/MakeBackgrounds.java" usr/share/games/endless-sky/images/land \
  "usr/share/doc/$package/copyright" tiles backgrounds.tsv
tar --create --file backgrounds.tar --sort=name --format=ustar \
  --mtime=@0 --owner=0 --group=0 --numeric-owner --mode=0644 --directory tiles $(cd tiles && ls)
mkdir -p "$here/backgrounds"
mv backgrounds.tar backgrounds.tsv "$here/backgrounds/"
ls -l "$here/backgrounds"

#!/bin/sh
# install.sh FOLDER: installs mianduimian from this bundle into a virtual environment; asks no registry.
set -eu
FOLDER="${1:-/srv/mianduimian}"
cd "$(dirname "$0")"
WANTED="$(cat python-version)"
PYTHON="${PYTHON:-python$WANTED}"

found="$("$PYTHON" -c "import sys; print('%d.%d' % sys.version_info[:2])" 2>/dev/null || true)"
if [ "$found" != "$WANTED" ]; then
    echo "需要 Python $WANTED（找到的是：${found:-无}）。用 PYTHON=/路径/python$WANTED 指明。" >&2
    echo "Python $WANTED is needed, found: ${found:-none}. Say PYTHON=/path/to/python$WANTED." >&2
    exit 1
fi

sha256sum --quiet --check SHA256SUMS
"$PYTHON" -m venv "$FOLDER"
export PIP_CONFIG_FILE=/dev/null PIP_NO_INDEX=1 PIP_DISABLE_PIP_VERSION_CHECK=1
unset PIP_FIND_LINKS PIP_INDEX_URL PIP_EXTRA_INDEX_URL
"$FOLDER/bin/pip" install --quiet --no-index --find-links wheels --require-hashes -r requirements.txt
"$FOLDER/bin/pip" install --quiet --no-index --no-deps wheels/mianduimian-*.whl
echo "mianduimian: $FOLDER/bin/mianduimian"

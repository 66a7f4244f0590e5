"""Write the bundle's county boundaries anew from npm's us-atlas@3 (needs npm):

    make boundaries

npm checks the package against its registry's hash; the result names the hash of what it was made from.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tarfile
from pathlib import Path
from tempfile import TemporaryDirectory

from atlas287.registry.bundling import write_bundle
from atlas287.sources.us_atlas import FILE, PACKAGE


def main() -> None:
    """Fetch the package by its name, take the one file out, and simplify it into the bundle."""
    npm = shutil.which("npm")
    if npm is None:
        sys.exit(
            "npm was not found; install Node.js, or use atlas287 bundle --boundaries on a counties-10m.json"
        )
    with TemporaryDirectory() as name:
        folder = Path(name)
        subprocess.run([npm, "pack", PACKAGE, "--silent", "--pack-destination", name], check=True)
        (packed,) = folder.glob("*.tgz")
        with tarfile.open(packed) as package:
            member = package.extractfile(f"package/{FILE}")
            if member is None:
                sys.exit(f"{packed.name} has no {FILE}")
            (folder / FILE).write_bytes(member.read())
        for file, size in write_bundle(boundaries=folder / FILE):
            print(f"{size:>10,}  {file}")


if __name__ == "__main__":
    main()

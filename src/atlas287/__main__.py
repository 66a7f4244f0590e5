"""``python -m atlas287``."""

from .cli import main

main()

"""The page. Start it with `drafting app`: that listens on this machine only."""

from drafting.ui.main import main

main()

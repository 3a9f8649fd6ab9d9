"""The page: `streamlit run app.py`, or better `drafting app`, which listens on this machine only."""

from drafting.ui.main import main

main()

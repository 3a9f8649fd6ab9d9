"""The page: *Tra cứu* and *Soạn thảo*, in Vietnamese, for this machine only.

launch.launch()   starts the page's server and opens the browser (imports no streamlit)
main.main()       one run of the page; app.py calls it
"""

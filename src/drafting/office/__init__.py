"""The one door of command line and page.

Office.open() -> Office       library in step with its folder; search, draft, cite, route, limits
"""

from drafting.office.door import Office

__all__ = ["Office"]

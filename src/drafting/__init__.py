"""Soạn thảo văn bản cho Sở Ngoại vụ: tra cứu, căn cứ kiểm chứng được, văn bản Word đúng thể thức.

The package is a pipeline; read it in this order: `read` → `structure` → `citations` → `library` →
`passages` → `index` → `retrieve` → `forms` → `cases` → `draft` → `ledger` → `provenance` →
`render` → `office` → `cli`, `ui`.
"""

__version__ = "0.1.0"

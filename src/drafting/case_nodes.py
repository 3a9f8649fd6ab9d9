"""The YAML nodes of a case file, with their lines: what may stand in one, before it means anything.

Nodes, not values: YAML would turn 30/2 or “no” into something the officer did not write.
"""

from __future__ import annotations

import yaml

from drafting.errors import BadInput
from drafting.text import one_line


class Nodes:
    """Reads the nodes of one case file; every fault names the file, the line and the field."""

    def __init__(self, name: str) -> None:
        self.name = name

    def root(self, text: str, form_id: str) -> yaml.MappingNode:
        """The top of the file: a mapping of fields, none named twice."""
        try:
            self._no_aliases(text)
            root = yaml.compose(text, Loader=yaml.SafeLoader)
        except yaml.YAMLError as problem:
            mark = getattr(problem, "problem_mark", None)
            where = f", dòng {mark.line + 1}" if mark else ""
            raise BadInput(
                f"Tệp {self.name}{where}: sai cú pháp YAML. Kiểm tra dấu “:” có cách phía sau, "
                "thụt đầu dòng bằng dấu cách, và câu có dấu “:” thì đặt trong ngoặc kép."
            ) from None
        except RecursionError:
            raise BadInput(f"Tệp {self.name}: quá nhiều ngoặc lồng nhau. Bớt ngoặc.") from None
        except (ValueError, OverflowError):
            raise BadInput(
                f"Tệp {self.name}: có mã ký tự “\\…” không đọc được trong ngoặc kép. "
                "Gõ thẳng chữ ấy."
            ) from None
        if not isinstance(root, yaml.MappingNode):
            raise BadInput(
                f"Tệp {self.name}: chưa phải hồ sơ. Tạo hồ sơ mẫu bằng “drafting new {form_id}”."
            )
        self._no_repeats(root)
        return root

    def _no_aliases(self, text: str) -> None:
        """A node that names itself would be read without end; no case needs one."""
        for token in yaml.scan(text, Loader=yaml.SafeLoader):
            if isinstance(token, yaml.AnchorToken | yaml.AliasToken):
                raise BadInput(
                    f"Tệp {self.name}, dòng {token.start_mark.line + 1}: có “&” hoặc “*” đứng đầu, "
                    "hồ sơ không dùng được. Đặt cả câu trong ngoặc kép."
                )

    def _no_repeats(self, node: yaml.Node) -> None:
        if isinstance(node, yaml.SequenceNode):
            for item in node.value:
                self._no_repeats(item)
        if not isinstance(node, yaml.MappingNode):
            return
        seen: set[str] = set()
        for key_node, value in node.value:
            key = self.text(key_node, "tên trường")
            if key in seen:
                raise self.fault(key_node, key, "ghi hai lần", "Bỏ một dòng.")
            seen.add(key)
            self._no_repeats(value)

    def mapping(self, node: yaml.Node, path: str) -> yaml.MappingNode:
        """A group “name: value”; nothing written is an empty one."""
        if isinstance(node, yaml.MappingNode):
            return node
        if isinstance(node, yaml.ScalarNode) and not self.raw(node, path):
            return yaml.MappingNode("tag:yaml.org,2002:map", [], node.start_mark)
        raise self.fault(node, path, "phải là một nhóm “tên: giá trị”", "Xem hồ sơ mẫu.")

    def sequence(self, node: yaml.Node, path: str) -> list[yaml.Node]:
        """The items of a list; nothing written is an empty one."""
        if isinstance(node, yaml.SequenceNode):
            return list(node.value)
        if isinstance(node, yaml.ScalarNode) and not self.raw(node, path):
            return []
        raise self.fault(node, path, "phải là một danh sách", "Mỗi dòng bắt đầu bằng “- ”.")

    def texts(self, node: yaml.Node, path: str) -> tuple[str, ...]:
        """The items of a list, those left empty aside."""
        texts = (self.text(item, path) for item in self.sequence(node, path))
        return tuple(text for text in texts if text)

    def paragraphs(self, node: yaml.Node, path: str) -> tuple[str, ...]:
        """The lines of a text, empty ones aside."""
        lines = (one_line(line) for line in self.raw(node, path).splitlines())
        return tuple(line for line in lines if line)

    def text(self, node: yaml.Node, path: str) -> str:
        """A value as one line; null is ""."""
        return one_line(self.raw(node, path))

    def raw(self, node: yaml.Node, path: str) -> str:
        """A value as written, line ends kept; null is ""."""
        if not isinstance(node, yaml.ScalarNode):
            raise self.fault(
                node, path, "phải là một dòng chữ", "Câu có dấu “:” thì đặt trong ngoặc kép."
            )
        return "" if node.tag.endswith(":null") else str(node.value)

    def fault(self, node: yaml.Node, path: str, what: str, fix: str) -> BadInput:
        """The sentence for a node that cannot be used: file, line, field, what, what to do."""
        line = node.start_mark.line + 1 if node.start_mark else "?"
        return BadInput(f"Tệp {self.name}, dòng {line}, trường “{path}”: {what}. {fix}")

"""Choices from a list, and the forms that they stand in."""

from PySide6.QtWidgets import QComboBox, QFormLayout, QLabel, QSizePolicy, QWidget


class Choice(QComboBox):
    """A list to choose from that never makes its page wider; ``name`` is the fixed object name. ``activated`` tells a choice."""

    def __init__(self, name: str, title: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.setMinimumContentsLength(8)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)

    def show_data(self, data: object) -> None:
        """Show the entry that stands for ``data``; the first one when there is none."""
        self.setCurrentIndex(max(0, self.findData(data)))


class SideForm(QFormLayout):
    """A form for a narrow card: labels beside the choices, so that more fits on a small screen."""

    def __init__(self) -> None:
        super().__init__()
        self.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.setHorizontalSpacing(12)
        self.setVerticalSpacing(8)

    def add(self, title: str, field: QWidget) -> None:
        """A row whose label stands at the middle of its field."""
        label = QLabel(title)
        label.setBuddy(field)
        label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self.addRow(label, field)

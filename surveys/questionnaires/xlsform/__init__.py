"""XLSForm, the workbooks that most survey tools exchange: read and written. Plain Python.

What pyxform reads in a workbook is the reference. `read_xlsform` gives the definition of the
sheets of a workbook, and names what it does not take; `xlsform_of` gives the sheets of a
definition, and `workbook_of` their file.
"""

from surveys.questionnaires.xlsform.reading import read_xlsform
from surveys.questionnaires.xlsform.workbook import workbook_of
from surveys.questionnaires.xlsform.writing import xlsform_of

__all__ = ["read_xlsform", "workbook_of", "xlsform_of"]

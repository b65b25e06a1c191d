"""What is printed or handed on: annex 2 as page, PDF, CSV and XLSX; an edition as JSON."""

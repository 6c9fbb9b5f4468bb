"""Files that the user chooses: sheets read exactly, results written safely. The spreadsheet libraries live here only."""

"""Tables: facts from the files of spreadsheets and databases."""

"""Table files: CSV, Excel, Parquet and JSON lines, each read in chunks of columns."""

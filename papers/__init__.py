"""Papers and the judge of papers: values in, PDF bytes out."""

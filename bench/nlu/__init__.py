"""The product's joint model trained on public sets, to hold its figures against published ones."""

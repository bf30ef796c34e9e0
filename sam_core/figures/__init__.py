"""Pictures for the documents, drawn from the code and the weights that they explain."""

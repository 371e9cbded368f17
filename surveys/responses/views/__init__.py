"""The pages on which people answer: the steps are the same, two doors lead to them."""

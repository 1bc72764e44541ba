"""The product as its people live it: dialogues first, tables second."""

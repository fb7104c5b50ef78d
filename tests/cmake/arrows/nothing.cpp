// The one source of the tree in small.

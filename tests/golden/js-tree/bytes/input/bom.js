const a = 1;
	foo('\u0041\x42', "ä", `x
y`);

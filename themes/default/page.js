// Everything works without this. It marks a due time that passes while a page lies open, finds an area, and prints.

for (const board of document.querySelectorAll('[data-passed]')) {
	const wait = Date.parse(board.querySelector('time').dateTime) + 6e4 - Date.now();
	if (wait < 864e5) setTimeout(() => {
		board.textContent = board.dataset.passed;
		board.classList.add('late');
	}, Math.max(wait, 0));
}

for (const place of document.querySelectorAll('[data-print]')) {
	const button = document.createElement('button');
	button.textContent = place.dataset.print;
	button.onclick = () => print();
	place.append(button);
}

const search = document.querySelector('[data-search]');
if (search) {
	const label = document.createElement('label'), find = document.createElement('input');
	label.textContent = search.dataset.search;
	label.htmlFor = find.id = 'find';
	find.type = 'search';
	find.autocomplete = 'postal-code';
	search.prepend(label, find);
	const plain = text => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trim();
	const rows = document.querySelectorAll('[data-find]'), none = document.querySelector('#none');
	find.oninput = () => {
		const words = plain(find.value), code = words.replace(/\s/g, '');
		let shown = 0;
		for (const row of rows) {
			const [name, ...codes] = plain(row.dataset.find).split('|');
			const fits = name.includes(words) || codes.some(known => known.startsWith(code) || code.startsWith(known));
			row.hidden = !fits;
			shown += fits;
		}
		none.textContent = shown ? '' : none.dataset.none;
	};
}

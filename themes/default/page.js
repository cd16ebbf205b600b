// Everything works without this. It marks a due time that passes while a page lies open, finds an area, and prints.

for (const board of document.querySelectorAll('[data-passed]')) {
	const wait = Date.parse(board.querySelector('time').dateTime) + 6e4 - Date.now();
	if (wait < 864e5) setTimeout(() => {
		board.textContent = board.dataset.passed;
		board.classList.add('late');
	}, Math.max(wait, 0));
}

for (const button of document.querySelectorAll('button[hidden]')) {
	button.hidden = false;
	button.onclick = () => print();
}

const find = document.querySelector('#find');
if (find) {
	const plain = text => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trim();
	const rows = document.querySelectorAll('[data-find]'), none = document.querySelector('#none');
	find.form.hidden = false;
	find.form.onsubmit = event => event.preventDefault();
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

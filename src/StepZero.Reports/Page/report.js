// Shows the costs under the pointer. Without it the page still shows every curve, and each strip of the chart has a tooltip.
(() => {
  const chart = document.getElementById('curves');
  const readout = document.getElementById('readout');
  const data = JSON.parse(document.getElementById('costs').textContent);
  const cross = document.createElementNS('http://www.w3.org/2000/svg', 'line');
  cross.setAttribute('class', 'cross');
  cross.setAttribute('y1', data.top);
  cross.setAttribute('y2', data.bottom);
  cross.setAttribute('visibility', 'hidden');
  chart.append(cross);
  chart.querySelectorAll('.strip title').forEach(title => title.remove());
  chart.addEventListener('pointermove', event => {
    const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(chart.getScreenCTM().inverse());
    const share = Math.min(1, Math.max(0, (point.x - data.left) / (data.right - data.left)));
    const iteration = Math.round(share * data.count);
    const nearest = data.iterations.reduce((best, t, i) => Math.abs(t - iteration) < Math.abs(data.iterations[best] - iteration) ? i : best, 0);
    const at = data.iterations[nearest];
    const x = data.left + (data.right - data.left) * at / data.count;
    cross.setAttribute('x1', x);
    cross.setAttribute('x2', x);
    cross.setAttribute('visibility', 'visible');
    const costs = data.curves.map(curve => `${curve.name} ${curve.costs[nearest] ?? '–'}`);
    readout.textContent = `iteration ${at}: ${costs.join(' · ')}`;
  });
  chart.addEventListener('pointerleave', () => cross.setAttribute('visibility', 'hidden'));
})();

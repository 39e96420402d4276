// Draws the map: vis-network draws nodes and edges where the data put them; the grid behind is drawn here.
"use strict";
{
  const data = JSON.parse(document.getElementById("map-data").textContent);
  const place = document.getElementById("map");
  const scroll = document.getElementById("map-scroll");
  const detail = document.getElementById("map-detail");
  const hint = detail.textContent;
  for (const part of ["map-tools", "map-figure"]) document.getElementById(part).hidden = false;

  const FACE = getComputedStyle(document.body).fontFamily;
  const [LEAST, MOST, STEP] = [0.4, 2.5, 1.25];
  const FITTING = [0.75, 1.15]; // smaller is not readable, larger only coarse

  const nodes = new vis.DataSet(data.nodes);
  const edges = new vis.DataSet(data.edges);
  const network = new vis.Network(place, { nodes, edges }, data.options);
  let scale = 1;
  let near = null; // the nodes that touch the chosen one; null: none is chosen

  function show(newScale) {
    scale = Math.min(MOST, Math.max(LEAST, newScale));
    const [width, height] = [data.width, data.height].map((length) => `${Math.ceil(length * scale)}px`);
    place.style.width = width;
    place.style.height = height;
    network.setSize(width, height);
    network.moveTo({ position: { x: data.width / 2, y: data.height / 2 }, scale, animation: false });
    network.redraw();
  }

  function fit() {
    show(Math.min(FITTING[1], Math.max(FITTING[0], scroll.clientWidth / data.width)));
  }

  function write(context, lines, x, y, align) {
    context.textAlign = align;
    context.textBaseline = "middle";
    lines.forEach((line, i) => context.fillText(line, x, y + (i - (lines.length - 1) / 2) * 14));
  }

  function drawGrid(context) {
    const rows = data.rows;
    context.font = `600 12px ${FACE}`;
    context.fillStyle = "#1f5fae";
    write(context, data.ours.lines, data.ours.start + data.ours.length / 2, 20, "center");
    context.fillStyle = "#1c2733";
    for (const column of data.columns) {
      write(context, column.lines, column.start + column.length / 2, 20, "center");
    }
    context.font = `11px ${FACE}`;
    for (const row of rows) {
      context.fillStyle = "#55616e";
      write(context, row.lines, 4, row.start + row.length / 2, "left");
      context.fillStyle = "#f4f6f9";
      context.fillRect(data.ours.start, row.start, data.ours.length, row.length);
    }
    context.fillStyle = "#f8fafc";
    for (const column of data.columns) {
      for (const row of rows.slice(0, data.levels)) {
        context.fillRect(column.start, row.start, column.length, row.length);
      }
    }
    data.cells.forEach((cell) => drawCell(context, cell));
  }

  function drawCell(context, cell) {
    if (cell.reached === null) return;
    const missed = cell.reached === 0;
    context.fillStyle = missed ? "#ffffff" : cell.reached === cell.seats ? "#cfe1f4" : "#e6f0fa";
    context.fillRect(cell.x, cell.y, cell.width, cell.height);
    if (missed) {
      context.save();
      context.strokeStyle = "#d08a63";
      context.setLineDash([4, 3]);
      context.strokeRect(cell.x + 0.5, cell.y + 0.5, cell.width - 1, cell.height - 1);
      context.restore();
    }
    context.fillStyle = missed ? "#9a4511" : "#44586e";
    context.font = `10px ${FACE}`;
    context.textAlign = "right";
    context.textBaseline = "top";
    context.fillText(`${cell.reached}/${cell.seats}`, cell.x + cell.width - 5, cell.y + 4);
  }

  function drawRings(context) {
    context.lineWidth = 3;
    for (const { id, ring, x, y, size } of data.nodes) {
      if (!ring) continue;
      context.globalAlpha = near === null || near.has(id) ? 1 : 0.2;
      context.strokeStyle = ring;
      context.beginPath();
      context.arc(x, y, size + 4.5, 0, 2 * Math.PI);
      context.stroke();
    }
    context.globalAlpha = 1;
  }

  function highlight(node) {
    near = node === undefined ? null : new Set([node, ...network.getConnectedNodes(node)]);
    edges.update(
      data.edges.map((edge) => {
        const touches = near === null || edge.from === node || edge.to === node;
        return { id: edge.id, color: touches ? edge.color : { ...edge.color, opacity: 0.06 } };
      }),
    );
    nodes.update(data.nodes.map(({ id }) => ({ id, opacity: near === null || near.has(id) ? 1 : 0.25 })));
    detail.textContent = node === undefined ? hint : nodes.get(node).title.split("\n").join(" · ");
  }

  network.on("beforeDrawing", drawGrid);
  network.on("afterDrawing", drawRings);
  network.on("click", ({ nodes: [node] }) => highlight(node));
  document.addEventListener("keydown", ({ key }) => {
    if (key === "Escape") {
      network.unselectAll();
      highlight(undefined);
    }
  });

  document.getElementById("map-smaller").addEventListener("click", () => show(scale / STEP));
  document.getElementById("map-larger").addEventListener("click", () => show(scale * STEP));
  document.getElementById("map-fit").addEventListener("click", fit);
  window.addEventListener("resize", () => {
    if (!matchMedia("print").matches) fit(); // on paper the picture is scaled as it is
  });
  fit();
}

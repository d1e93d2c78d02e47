import './styles/main.css';
import { render } from 'preact';
import { App } from './app.tsx';
import { connectHost } from './host.ts';
import { Tracker } from './tracker.ts';

const host = connectHost();
const details = host.loadDetails();
const root = document.createElement('div');
root.className = 'tracker';
document.body.append(root);

const tracker = new Tracker((state) => {
  render(<App state={state} send={host.send} details={details} saveDetails={host.saveDetails} />, root);
});
host.listen(tracker.receive);
host.send({ type: 'ready' });

/** Everything that is tried on the demo as anybody starts it: on one demo, each with people of its own. */
import './franceconnect.ts';
import './two-people.ts';
import './journey.ts';

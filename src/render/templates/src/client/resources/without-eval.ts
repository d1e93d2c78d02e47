import { z } from 'zod';

// Zod makes faster checks by evaluating text as code, which the server's content security policy forbids: the browser
// would report each attempt. A form has no need of the speed. Import this before any module with schemas.
z.config({ jitless: true });

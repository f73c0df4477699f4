import type { VercelRequest, VercelResponse } from '@vercel/node';
import { find } from '../lib/calendar';

// Every path answers once: nothing to find here.
export default async function handler(req: VercelRequest, res: VercelResponse) {
  try {
    await find('today');
    res.status(200).json({ calendar: 'up' });
  } catch (error) {
    console.error(error);
    res.status(503).json({ calendar: 'down' });
  }
}

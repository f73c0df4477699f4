import type { VercelRequest, VercelResponse } from '@vercel/node';
import { find, book } from '../lib/calendar';

export default async function handler(req: VercelRequest, res: VercelResponse) {
  if (req.method === 'GET') {
    return res.status(200).json(await find(String(req.query.day)));
  }
  if (!req.body?.patient) {
    res.status(400).json({ error: 'who is it for?' });
  }
  const appointment = await book(req.body.patient, req.body.time);
  res.status(201).json(appointment);
}

const calendar = process.env.CALENDAR_URL;

export async function find(day: string) {
  const response = await fetch(`${calendar}/days/${day}`);
  return response.json();
}

export async function book(patient: string, time: string) {
  const response = await fetch(`${calendar}/appointments`, {
    method: 'POST',
    body: JSON.stringify({ patient, time }),
  });
  return response.json();
}

const { S3Client, DeleteObjectCommand, ListObjectsV2Command } = require('@aws-sdk/client-s3');

const s3 = new S3Client({});
const Bucket = process.env.RECORDINGS;

async function remove(Key) {
  await s3.send(new DeleteObjectCommand({ Bucket, Key }));
}

// Deletes the recordings of yesterday.
exports.run = async () => {
  const list = await s3.send(new ListObjectsV2Command({ Bucket }));
  list.Contents.forEach(async ({ Key }) => {
    await remove(Key);
  });
  return { deleted: list.Contents.length };
};

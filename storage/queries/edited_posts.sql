/* Which posts were edited, and what did each version say?
   One row a version, oldest first within a post. The first version's id is the post's identity. */
SELECT p.platform, acc.handle, p.post_id, v.version_id, v.posted_at, v.seen_at, w.text, p.url
FROM post p
JOIN account acc ON acc.id = p.account_id
JOIN post_version v ON v.post = p.id
LEFT JOIN wording w ON w.sha256 = v.text_sha256
WHERE (SELECT count(*) FROM post_version x WHERE x.post = p.id) > 1
ORDER BY p.id, length(v.version_id), v.version_id;

/* How much do the watched accounts post, day by day (UTC), and how much of it is video? */
SELECT substr(coalesce(p.posted_at, p.id_time, p.seen_at), 1, 10) AS day, acc.platform, acc.handle, count(*) AS posts,
    sum(EXISTS (SELECT 1 FROM media m WHERE m.post = p.id AND m.kind = 'video')) AS with_video,
    sum(EXISTS (SELECT 1 FROM link l WHERE l.post = p.id AND l.state = 'confirmed')) AS cited
FROM post p
JOIN account acc ON acc.id = p.account_id
WHERE p.found_by = 'watch'
GROUP BY day, acc.id
ORDER BY day DESC, posts DESC;

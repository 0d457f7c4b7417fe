//! A form with a file (`multipart/form-data`, RFC 7578), or a file alone: larger than any other body, and read only where a
//! route says so.

use super::body::read_up_to;
use super::site::Site;
use crate::base::problem::{Problem, Result};
use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::header;

/// What was sent with a file: the texts by their names, and the first file.
#[derive(Debug, Default)]
pub struct Upload {
    fields: Vec<(String, String)>,
    pub file: Bytes,
}

/// Longest text beside a file.
const LONGEST: usize = 4_096;
/// What a form adds around its file.
const AROUND: usize = 16 * 1024;

impl Upload {
    pub fn get(&self, name: &str) -> &str {
        self.fields.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value)
    }
}

impl FromRequest<Site> for Upload {
    type Rejection = Problem;

    async fn from_request(request: Request, site: &Site) -> Result<Upload> {
        let boundary = request
            .headers()
            .get(header::CONTENT_TYPE)
            .and_then(|value| value.to_str().ok())
            .and_then(|kind| multer::parse_boundary(kind).ok())
            .ok_or(Problem::WrongType("a form with a file (multipart/form-data)"))?;
        let most = site.config.evidence.most_bytes;
        let body = read_up_to(request, most + AROUND).await?;
        let broken = |_| Problem::Malformed("This form cannot be read: it broke off, or has a wrong shape.".to_owned());
        let stream = futures_util::stream::once(async { Ok::<_, std::convert::Infallible>(body) });
        let mut parts = multer::Multipart::new(stream, boundary);
        let mut upload = Upload::default();
        while let Some(part) = parts.next_field().await.map_err(broken)? {
            let name = part.name().unwrap_or_default().to_owned();
            let is_file = part.file_name().is_some();
            let bytes = part.bytes().await.map_err(broken)?;
            if is_file {
                if bytes.len() > most {
                    return Err(Problem::TooLarge { limit: most });
                }
                if upload.file.is_empty() {
                    upload.file = bytes;
                }
            } else if bytes.len() <= LONGEST && upload.fields.len() < 16 {
                upload.fields.push((name, String::from_utf8_lossy(&bytes).into_owned()));
            }
        }
        Ok(upload)
    }
}

/// A file as the whole body.
pub struct Whole(pub Bytes);

impl FromRequest<Site> for Whole {
    type Rejection = Problem;

    async fn from_request(request: Request, site: &Site) -> Result<Whole> {
        let kinds = ["image/jpeg", "image/png", "image/webp", "application/pdf", "application/octet-stream"];
        let kind =
            request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        if !kinds.contains(&kind.split(';').next().unwrap_or_default().trim()) {
            return Err(Problem::WrongType("a JPEG, PNG, WebP or PDF"));
        }
        Ok(Whole(read_up_to(request, site.config.evidence.most_bytes).await?))
    }
}

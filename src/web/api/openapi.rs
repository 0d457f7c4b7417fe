//! The API's description of itself, made from the routes that serve it: OpenAPI 3.1.

use crate::accounts::Action;
use crate::web::guard::Who;
use crate::web::routes::Route;
use utoipa::openapi::path::{HttpMethod, Operation, PathItem};
use utoipa::openapi::schema::Schema;
use utoipa::openapi::security::{ApiKey, ApiKeyValue, SecurityRequirement, SecurityScheme};
use utoipa::openapi::{ComponentsBuilder, InfoBuilder, License, OpenApi, OpenApiBuilder, PathsBuilder, RefOr};

const DESCRIPTION: &str = "A private discussion network for verified clinicians. \
Sign in with `POST /api/v1/session`; the session comes as a cookie. Problems are RFC 9457 documents with a `code` and a \
`detail` sentence; refused fields are listed under `faults`.

**Open pages.** `GET /live` is a WebSocket (send the cookie and this house's own `Origin`). Say \
`{\"type\":\"watch\",\"thread\":ID,\"since\":SEQ}` with the `seq` of `GET /api/v1/threads/{id}`; what was missed since then is \
sent first, then `{\"type\":\"ready\",\"seq\":N}`, then every change as it is committed: \
`{\"type\":\"post\",\"seq\":N,\"post\":ID,\"position\":P,\"act\":\"added|changed|veiled|shown|removed\",\"html\":\"…\"}`. Messages come in \
the order of `seq`; put each post at its `position` and replace what stands there. After a dropped line, watch again with \
the last `seq` seen. `{\"type\":\"typing\"}` says that you write; `{\"type\":\"presence\",\"reading\":N,\"writing\":[…]}` says who is \
here; `{\"type\":\"bye\",\"reason\":\"signed-out|lagging|closing\"}` comes before the line is closed.";

/// What one handler says of itself.
pub struct Described {
    pub method: HttpMethod,
    pub path: String,
    pub operation: Operation,
    pub schemas: Vec<(String, RefOr<Schema>)>,
}

impl Described {
    pub fn of<P: utoipa::Path + utoipa::__dev::SchemaReferences>() -> Described {
        let mut schemas = Vec::new();
        P::schemas(&mut schemas);
        Described { method: P::methods().remove(0), path: P::path(), operation: P::operation(), schemas }
    }
}

/// Puts the descriptions of all routes together.
pub fn document(routes: &[Route]) -> OpenApi {
    let mut paths = PathsBuilder::new();
    let mut components = ComponentsBuilder::new()
        .security_scheme("session", SecurityScheme::ApiKey(ApiKey::Cookie(ApiKeyValue::new("sid"))));
    for route in routes {
        let Some(described) = &route.described else { continue };
        let mut operation = described.operation.clone();
        if route.who != Who::Anyone {
            operation.security = Some(vec![SecurityRequirement::new("session", Vec::<String>::new())]);
        }
        let for_whom = match route.who {
            Who::Anyone => "Open to anyone.",
            Who::Member => "For anyone signed in.",
            Who::May(Action::Post | Action::PostCase) => "For verified clinicians whose registration lets them write.",
            Who::May(_) => "For verified clinicians.",
            Who::Verifier => "For verifiers.",
            Who::Moderator => "For moderators.",
            Who::Admin => "For administrators.",
            Who::Privacy => "For the data-protection officer.",
        };
        let before = operation.description.take().map(|words| format!("{words}\n\n")).unwrap_or_default();
        operation.description = Some(format!("{before}{for_whom}"));
        paths = paths.path(described.path.clone(), PathItem::new(described.method.clone(), operation));
        components = components.schemas_from_iter(described.schemas.clone());
    }
    OpenApiBuilder::new()
        .info(
            InfoBuilder::new()
                .title("Collegium")
                .version(env!("CARGO_PKG_VERSION"))
                .description(Some(DESCRIPTION))
                .license(Some(License::new("AGPL-3.0-or-later")))
                .build(),
        )
        .paths(paths.build())
        .components(Some(components.build()))
        .build()
}

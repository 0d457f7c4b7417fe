//! Which events change what waits for moderators.

use crate::log::Event;

/// Whether an event changes what waits for moderators.
pub(super) fn stirs_queue(event: &Event) -> bool {
    matches!(
        event,
        Event::PostFlagged { .. }
            | Event::PostRevised { .. }
            | Event::PostRemoved { .. }
            | Event::FlagsSettled { .. }
            | Event::PostHeld { .. }
            | Event::PostReleased { .. }
            | Event::PostReturned { .. }
            | Event::PostWithdrawn { .. }
            | Event::MeasureProposed { .. }
            | Event::MeasureDeclined { .. }
            | Event::MeasureTaken { .. }
            | Event::MeasureUndone { .. }
            | Event::AppealSent { .. }
            | Event::AppealHeard { .. }
            | Event::DrillStep { .. }
    )
}

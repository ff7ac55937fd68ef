// Referrals as they were received: what the measure `referrals` counts.
#pragma once

#include <string>

#include "projection/projection.h"

namespace liggare::projections {

struct ReferralRow {
  static constexpr std::string_view table = "referrals";
  std::string participant;
  std::string referral;
  Day received = Day::first();
  std::string key() const { return projection::joined_key(participant, referral); }
  static constexpr auto fields() {
    return std::tuple{domain::id("participant", &ReferralRow::participant),
                      domain::id("referral", &ReferralRow::referral),
                      domain::value("received", &ReferralRow::received)};
  }
};

projection::Projection referrals_projection();

}  // namespace liggare::projections

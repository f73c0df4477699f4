package platform

import "slices"

// Severities as they stand in contracts.
const (
	severe  = "error"
	notable = "warning"
	minor   = "info"
)

// Contracts lists all contracts, in the order of their platforms. What it returns must not be changed.
func Contracts() []*Contract {
	return slices.Concat(
		[]*Contract{twilio, twilioValidated},
		lambdaContracts(),
		[]*Contract{vercelNode, vercelWeb, vercelEdge, nextApp, nextPages},
		[]*Contract{azureV3, azureV4, azureV4Event},
		[]*Contract{gcfHTTP, gcfCloudEvent, gcfCloudEventCallback, gcfBackground, gcfBackgroundCallback, firebaseEvent, firebaseCall},
		netlifyContracts(),
		[]*Contract{cloudflareModule, cloudflareEvent, cloudflareServiceWorker},
		[]*Contract{expressRoute, express5Route, graphqlResolver},
	)
}

// ContractByID is the contract with that ID, nil if there is none.
func ContractByID(id string) *Contract {
	for _, c := range Contracts() {
		if c.ID == id {
			return c
		}
	}
	return nil
}

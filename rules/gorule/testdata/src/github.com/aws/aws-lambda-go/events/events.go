// Package events stands in for the SDK.
package events

type SQSEvent struct{}

type APIGatewayProxyRequest struct{}

type APIGatewayProxyResponse struct{}

type APIGatewayV2HTTPRequest struct{}

type CloudWatchEvent struct{}
